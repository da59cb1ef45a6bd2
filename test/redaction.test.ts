/** Nothing that people print shows the secrets that a request was signed with. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { LogEntry, NetworkError } from "../src/index.ts";
import { clientOf, paths, projectName, rejection, withRandom } from "./support/client.ts";
import { modes } from "./support/fault-modes.ts";
import { faultyServer } from "./support/faulty-server.ts";
import { closeServers } from "./support/open-servers.ts";
import { assertNoSecret, credentials, printed, SPELLINGS } from "./support/secrets.ts";
import { type SeenRequest, type StubResponse, stubServer } from "./support/stub-server.ts";

const test = suite("redaction");
test.after.each(closeServers);

const signatureOf = ({ headers }: SeenRequest) => String(headers.authorization).replace(/^.*Signature=/, "");

/** Quotes a request as a server that refuses it does: the headers and the canonical request. */
const quote = ({ headers, method, url }: SeenRequest) =>
  `The request signature we calculated does not match. ${JSON.stringify(headers)} The Canonical String should have been ` +
  `'${method}\n${url}\nx-amz-security-token:${headers["x-amz-security-token"]}\n' Authorization=${headers.authorization} ` +
  `${credentials.secretAccessKey} ${signatureOf({ headers } as SeenRequest)}`;

const QUOTES: Readonly<Record<string, (request: SeenRequest) => StubResponse>> = {
  "in an error of the service": (request) => ({
    status: 403,
    headers: { "x-amzn-errortype": "InvalidSignatureException" },
    body: { message: quote(request), deep: { list: [quote(request)] } },
  }),
  "in an error of another name": (request) => ({
    status: 400,
    headers: { "x-amzn-errortype": "Strange" },
    body: { message: quote(request) },
  }),
  "in JSON that escapes its slashes": (request) => ({
    status: 400,
    body: JSON.stringify({ message: quote(request) }).replaceAll("/", "\\/"),
  }),
  "in JSON that escapes as Gson does": (request) => ({
    status: 403,
    body: JSON.stringify({ message: quote(request) }).replace(/[=+/]/g, SPELLINGS[2]!),
  }),
  "in the name and the id of an error": ({ headers }) => ({
    status: 400,
    headers: {
      "x-amzn-errortype": `${headers["x-amz-security-token"]}`,
      "x-amzn-requestid": `${headers.authorization}`,
    },
  }),
  "in the place of a redirect": ({ headers }) => ({
    status: 302,
    headers: { location: `https://elsewhere/?token=${encodeURIComponent(`${headers["x-amz-security-token"]}`)}` },
  }),
  "in a page that escapes it": (request) => ({
    status: 502,
    headers: { "content-type": "text/html" },
    body: `<pre>${SPELLINGS.map((spell) => spell(`${request.headers["x-amz-security-token"]}`)).join(" ")}</pre>`,
  }),
  "in a page": (request) => ({
    status: 502,
    headers: { "content-type": "text/html" },
    body: `<pre>${quote(request)}</pre>`,
  }),
  "in a success that is not JSON": (request) => ({ body: quote(request) }),
};

for (const [where, respond] of Object.entries(QUOTES))
  for (const [path, way] of Object.entries(paths))
    test(`a request quoted ${where} is redacted, over ${path}`, async () => {
      const server = await stubServer(respond);
      const entries: LogEntry[] = [];
      const logger = {
        debug: (entry: LogEntry) => entries.push(entry),
        warn: (entry: LogEntry) => entries.push(entry),
      };
      const client = clientOf(server, { credentials, logger, maxAttempts: 2, ...way });
      await withRandom(0, async () => {
        const error = await rejection(client.listModelPackagingJobs({ projectName }));
        assert.match(printed(error), "[redacted]");
        const { error: body, response } = await client.raw
          .GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", { params: { path: { projectName } } })
          .catch((thrown: unknown) => ({ error: thrown, response: undefined }));
        await server.close();
        const signatures = server.requests.map(signatureOf);
        assertNoSecret(error, "the error", signatures);
        assertNoSecret(body, "raw's error", signatures);
        assertNoSecret(response, "raw's response", signatures);
        assertNoSecret(entries, "the log", signatures);
      });
    });

for (const [path, way] of Object.entries(paths))
  test(`no error of a misbehaving server shows a secret, over ${path}`, () =>
    withRandom(0, async () => {
      for (const mode of Object.keys(modes) as (keyof typeof modes)[]) {
        const server = await faultyServer(modes[mode]);
        const entries: LogEntry[] = [];
        const logger = {
          debug: (entry: LogEntry) => entries.push(entry),
          warn: (entry: LogEntry) => entries.push(entry),
        };
        const options = { credentials, logger, maxAttempts: 2, timeout: 100, ...way };
        const jobs = clientOf(server, options).listModelPackagingJobs({ projectName });
        const outcome = await jobs.toArray().catch((error: unknown) => error);
        await server.close();
        const signatures = server.requests.map(({ headers }) => signatureOf({ headers } as SeenRequest));
        assertNoSecret(outcome, mode, signatures);
        assertNoSecret(entries, `the log of ${mode}`, signatures);
      }
    }));

test("the cause is a copy of the given fetch's error, without the request that this error keeps", async () => {
  const keeping = (request: Request) =>
    Object.assign(new TypeError(`no response to ${request.headers.get("authorization")}`, { cause: { request } }), {
      code: "ECONNRESET",
      config: { headers: Object.fromEntries(request.headers) },
    });
  const fetch = async (request: Request) => {
    throw keeping(request);
  };
  const client = clientOf({ url: "http://127.0.0.1:9" }, { credentials, maxAttempts: 1, fetch });
  const error = await rejection(client.listModelPackagingJobs({ projectName }));
  assertNoSecret(error, "the error");
  const { name, code, cause } = error as NetworkError;
  assert.equal([name, code], ["NetworkError", "ECONNRESET"]);
  assert.is((cause as Error).message, "no response to [redacted]");
});

test("the causes of a failed fetch are copied without the objects that they keep", async () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", port: 9, socket: {} });
  const failed = new TypeError("no response", { cause: new AggregateError([refused], "tried all") });
  const fetch = () => Promise.reject(failed);
  const client = clientOf({ url: "http://127.0.0.1:9" }, { credentials, maxAttempts: 1, fetch });
  const { cause } = (await rejection(client.listModelPackagingJobs({ projectName }))) as NetworkError;
  const { name, message, stack, cause: inner } = cause as Error;
  assert.equal([name, message, stack], ["TypeError", "no response", failed.stack]);
  assert.is((inner as AggregateError).message, "tried all");
  const [tried] = (inner as AggregateError).errors;
  assert.equal(
    { message: tried.message, ...tried },
    { message: "connect ECONNREFUSED", code: "ECONNREFUSED", port: 9 },
  );
});

test("a page of backslashes or zeros is searched for secrets in linear time", async () => {
  for (const [start, filler] of [
    ["/", "\\"],
    ["+", "&#0"],
  ] as const) {
    const server = await stubServer(() => ({ status: 400, body: filler.repeat((1 << 20) / filler.length) }));
    const secretAccessKey = start + credentials.secretAccessKey;
    const client = clientOf(server, { credentials: { ...credentials, secretAccessKey } });
    const error = await rejection(client.listModelPackagingJobs({ projectName }));
    assert.is((error as Error).name, "UnknownServiceError");
    await server.close();
  }
});

test("a printed client, listing or part of them shows no secret", async () => {
  const server = await stubServer(() => ({ body: { ModelPackagingJobs: [{ JobName: "a" }] } }));
  const client = clientOf(server, { credentials });
  const fresh = clientOf(server, { credentials: async () => credentials });
  for (const one of [client, fresh]) {
    const listing = one.listModelPackagingJobs({ projectName });
    const iterator = listing[Symbol.asyncIterator]();
    for (const value of [one, one.raw, listing, listing.pages(), iterator, await iterator.next(), await listing])
      assertNoSecret(value, "a part of the client");
  }
  await server.close();
});

test("the error for a header that cannot be sent does not show its value", async () => {
  for (const way of Object.values(paths))
    for (const member of ["accessKeyId", "secretAccessKey", "sessionToken"] as const) {
      const broken = { ...credentials, [member]: `${credentials[member]}\n` };
      const client = clientOf({ url: "http://127.0.0.1:9" }, { credentials: async () => broken, ...way });
      const error = await rejection(client.listModelPackagingJobs({ projectName }));
      assertNoSecret(error, "the error");
      assert.is((error as Error).name, "CredentialsError");
    }
});

test.run();
