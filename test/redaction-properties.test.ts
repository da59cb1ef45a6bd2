/** No text that leaves the package has a secret that a service, a fetch or a credentials provider put into it. */
import { inspect } from "node:util";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type LogEntry, PaginationError } from "../src/index.ts";
import { signedFetch } from "../src/sigv4.ts";
import { clientOf, projectName, rejection, withRandom } from "./support/client.ts";
import { assertNoSecret, credentials, printed, SPELLINGS } from "./support/secrets.ts";

const test = suite("redaction of a secret in any place");

const url = "http://127.0.0.1:9";
const RUNS = { numRuns: 150, includeErrorInReport: true };

/** The headers of all requests so far. A service may quote any of them. */
type Sent = readonly Headers[];

/** A text with a secret in it. */
type Planted = (sent: Sent) => string;

const signatureOf = (headers: Headers | undefined) => headers?.get("authorization")?.slice(-64) ?? "";

const SECRETS: readonly Planted[] = [
  () => credentials.secretAccessKey,
  () => credentials.sessionToken,
  (sent) => sent.at(-1)?.get("authorization") ?? "",
  (sent) => sent[0]?.get("authorization") ?? "",
  (sent) => signatureOf(sent.at(-1)),
  (sent) => signatureOf(sent[0]).toUpperCase(),
];

const planted: fc.Arbitrary<Planted> = fc
  .record({
    secret: fc.constantFrom(...SECRETS),
    spell: fc.constantFrom(...SPELLINGS),
    before: fc.constantFrom("", "ab01", "x=", '{"quoted":"', "a".repeat(100)),
    after: fc.constantFrom("", "ff", " and more", '"}', "=".repeat(100)),
  })
  .map(
    ({ secret, spell, before, after }) =>
      (sent: Sent) =>
        before + spell(secret(sent)) + after,
  );

/** The places of a response where a service can put a text. */
const HEADERS = ["x-amzn-requestid", "x-amzn-errortype", "location", "content-type", "retry-after", "date", "x-other"];
const BODIES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `<pre>${text}</pre>`,
  (text) => JSON.stringify({ message: text, __type: text, deep: [{ text }] }),
  (text) => JSON.stringify({ Message: text, [text]: text }),
  (text) => JSON.stringify({ ModelPackagingJobs: [], NextToken: text }),
  (text) => JSON.stringify({ ModelPackagingJobs: [], NextToken: { text } }),
];

const response = fc.record({
  text: planted,
  status: fc.constantFrom(200, 200, 200, 302, 400, 403, 429, 500, 503),
  header: fc.constantFrom(...HEADERS),
  body: fc.constantFrom(...BODIES),
});

test("a service's response shows no secret", () =>
  withRandom(0, () =>
    fc.assert(
      fc.asyncProperty(fc.array(response, { minLength: 1, maxLength: 4 }), async (responses) => {
        const signatures: string[] = [];
        /** Responds to one client, because each client knows only its own signatures. */
        const quoting =
          (sent: Headers[] = []) =>
          async (request: Request) => {
            sent.push(request.headers);
            signatures.push(signatureOf(request.headers));
            const { text, status, header, body } = responses[(sent.length - 1) % responses.length]!;
            const secret = text(sent);
            const headers = { "content-type": "application/json", "x-amzn-requestid": secret, [header]: secret };
            return new Response(body(secret), { status, statusText: secret, headers });
          };
        const entries: LogEntry[] = [];
        const logger = {
          debug: (entry: LogEntry) => entries.push(entry),
          warn: (entry: LogEntry) => entries.push(entry),
        };
        const options = { credentials, logger, maxAttempts: 2 };
        const client = clientOf({ url }, { ...options, fetch: quoting() });
        const outcomes: unknown[] = [];
        await (async () => {
          let pages = 0;
          for await (const { requestId } of client.listModelPackagingJobs({ projectName }).pages()) {
            outcomes.push(requestId);
            if (++pages === 3) break;
          }
        })().catch((error: unknown) => outcomes.push(error));
        const { response, error } = await client.raw
          .GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", { params: { path: { projectName } } })
          .catch((thrown: unknown) => ({ error: thrown, response: undefined }));
        outcomes.push(error, response?.statusText, [...(response?.headers ?? [])]);
        const signed = await signedFetch({ ...options, fetch: quoting(), service: "execute-api", region: "us-east-1" })(
          url,
        );
        outcomes.push(signed.statusText, [...signed.headers], signed.ok ? "" : await signed.text());

        const upper = signatures.map((signature) => signature.toUpperCase());
        for (const outcome of [...outcomes, entries]) assertNoSecret(outcome, "an outcome", [...signatures, ...upper]);
        assert.match(printed(outcomes), "[redacted]");
      }),
      RUNS,
    ),
  ));

/** The places of an error that can keep a text, or make it when the error is printed. */
const KEEPERS: readonly ((text: string) => unknown)[] = [
  (text) => text,
  (text) => new Error(text),
  (text) => new AggregateError([new Error(text)], text),
  (text) => Object.assign(new Error("failed"), { name: text, code: text }),
  (text) => Object.assign(new Error("failed"), { [text]: 1, config: { headers: { authorization: text } } }),
  (text) => Object.assign(new Error("failed"), { stack: text }),
  (text) => Object.assign(new Error("failed"), { toJSON: () => text }),
  (text) => Object.assign(new Error("failed"), { [inspect.custom]: () => text, [Symbol(text)]: text }),
  (text) => Object.defineProperty(new Error("failed"), "hidden", { value: text }),
  (text) => Object.defineProperty(new Error("failed"), "made", { get: () => text, enumerable: true }),
  (text) =>
    new (class extends Error {
      override get message() {
        return text;
      }
    })(),
  (text) => Object.assign(new Error("failed"), { map: new Map([[text, new Set([text])]]), list: [[text]] }),
  (text) => ({ message: text, reason: text }),
];

const thrown = fc
  .record({ keep: fc.constantFrom(...KEEPERS), depth: fc.constantFrom(0, 1, 3, 7, 8, 20) })
  .map(({ keep, depth }) => (text: string) => {
    let error = keep(text);
    for (let level = 0; level < depth; level++) error = new Error(`level ${level}`, { cause: error });
    return error;
  });

test("an error that a fetch throws shows no secret", () =>
  fc.assert(
    fc.asyncProperty(planted, thrown, async (plant, make) => {
      const sent: Headers[] = [];
      const fetch = async (request: Request) => {
        sent.push(request.headers);
        throw make(plant(sent));
      };
      const entries: LogEntry[] = [];
      const logger = { debug: (entry: LogEntry) => entries.push(entry), warn: () => {} };
      const client = clientOf({ url }, { credentials, fetch, logger, maxAttempts: 1 });
      const error = await rejection(client.listModelPackagingJobs({ projectName }));
      const signature = signatureOf(sent[0]);
      for (const outcome of [error, entries])
        assertNoSecret(outcome, "an outcome", [signature, signature.toUpperCase()]);
    }),
    RUNS,
  ));

test("an error that a credentials provider throws shows no secret, even before its first credentials", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(credentials.secretAccessKey, credentials.sessionToken),
      fc.constantFrom(...SPELLINGS.slice(0, 4)),
      thrown,
      async (secret, spell, make) => {
        const provider = async () => {
          throw make(
            `{"SecretAccessKey":"${spell(secret)}"} aws_secret_access_key = ${spell(secret)} or ${spell(secret)}.`,
          );
        };
        const client = clientOf({ url }, { credentials: provider });
        const error = await rejection(client.listModelPackagingJobs({ projectName }));
        assert.is((error as Error).name, "CredentialsError");
        assertNoSecret(error, "the error");
      },
    ),
    RUNS,
  ));

test("the other words of a provider's error are kept", async () => {
  const said = "The SSO session of the profile dev-2 in /home/me/.aws/config has expired: run aws sso login";
  const provider = () => Promise.reject(Object.assign(new Error(said), { tryNextLink: false }));
  const error = (await rejection(
    clientOf({ url }, { credentials: provider }).listModelPackagingJobs({ projectName }),
  )) as Error;
  assert.is(error.message, `The credentials provider failed: ${said}`);
  assert.is((error.cause as Error).message, said);
});

test("a PaginationError shows no secret in its token, and none in its cause", async () => {
  for (const NextToken of [credentials.sessionToken, `!${credentials.secretAccessKey}${"x".repeat(60)}`]) {
    const fetch = async () => Response.json({ ModelPackagingJobs: [], NextToken });
    const client = clientOf({ url }, { credentials, fetch });
    const error = (await rejection(client.listModelPackagingJobs({ projectName }).toArray())) as PaginationError;
    assert.instance(error, PaginationError);
    assert.match(error.message, "[redacted]");
    assert.not.match(printed(error), credentials.secretAccessKey.slice(0, 20));
    assert.not.match(printed(error), credentials.sessionToken.slice(0, 20));
  }
});

test("the body of a success is not redacted", async () => {
  const body = { ModelPackagingJobs: [{ JobName: credentials.secretAccessKey }] };
  const client = clientOf({ url }, { credentials, fetch: async () => Response.json(body) });
  assert.equal((await client.listModelPackagingJobs({ projectName })).ModelPackagingJobs, body.ModelPackagingJobs);
});

test.run();
