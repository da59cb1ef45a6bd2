/** The options of a client and the environment: defaults, and the errors for invalid values. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ClientOptions, ConfigurationError, createClient } from "../src/index.ts";
import { credentials, projectName, rejection, withEnvironment } from "./support/client.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("configuration");

const EXAMPLE = "Give a URL such as http://127.0.0.1:4567.";
/** An invalid option or variable, and the message of its error. */
const REFUSED: readonly [options: ClientOptions, env: Record<string, string>, message: string][] = [
  [
    { region: "us_east" },
    {},
    'region must be lower-case letters, digits and hyphens, as in "us-east-1", not "us_east".',
  ],
  [{ regoin: "us-east-1" } as ClientOptions, {}, "regoin is no option. Did you mean region?"],
  [
    { retries: 3 } as ClientOptions,
    {},
    "retries is no option. The options are endpoint, region, credentials, maxAttempts, timeout, attemptTimeout, maxResponseBytes, fetch, logger.",
  ],
  [{ endpoint: "" }, {}, `endpoint is "", which is not a URL. ${EXAMPLE}`],
  [{ endpoint: "localhost" }, {}, `endpoint is "localhost", which is not a URL. ${EXAMPLE}`],
  [{ endpoint: "ftp://host/" }, {}, `endpoint is "ftp://host/", which is neither http nor https. ${EXAMPLE}`],
  [{ endpoint: "http://host/?a=b" }, {}, `endpoint is "http://host/?a=b", which has a query or a fragment. ${EXAMPLE}`],
  [{}, { AWS_ENDPOINT_URL: "localhost" }, `AWS_ENDPOINT_URL is "localhost", which is not a URL. ${EXAMPLE}`],
  [
    {},
    { AWS_ENDPOINT_URL: "http://a", AWS_ENDPOINT_URL_LOOKOUTVISION: "b" },
    `AWS_ENDPOINT_URL_LOOKOUTVISION is "b", which is not a URL. ${EXAMPLE}`,
  ],
  [
    {},
    { AWS_REGION: "US EAST" },
    'AWS_REGION must be lower-case letters, digits and hyphens, as in "us-east-1", not "US EAST".',
  ],
  [{ maxAttempts: 0 }, {}, "maxAttempts must be a whole number from 1, not 0."],
  [{}, { AWS_MAX_ATTEMPTS: "many" }, "AWS_MAX_ATTEMPTS must be a whole number from 1, not NaN."],
];

for (const [options, env, message] of REFUSED)
  test(`refused: ${JSON.stringify({ ...options, ...env })}`, () =>
    withEnvironment({ AWS_REGION: "us-east-1", ...env }, async () => {
      assert.throws(
        () => createClient({ credentials, ...options }),
        (error: unknown) =>
          error instanceof ConfigurationError &&
          error.message === message &&
          (error.option === undefined ? Object.keys(env).length > 0 : message.startsWith(error.option)),
      );
    }));

test("without a region the error says how to give one", () =>
  withEnvironment({}, async () => {
    assert.throws(() => createClient(), 'region is missing: give one, for example "us-east-1", or set AWS_REGION.');
  }));

for (const endpoint of [
  "http://user:hunter2@host/",
  "http://user:hunter2@host:port",
  "ftp://user:hunter2@x@host/",
  "user:hunter2@host",
])
  test(`the password in the endpoint ${endpoint} is not shown`, () => {
    assert.throws(
      () => createClient({ region: "us-east-1", credentials, endpoint }),
      ({ name, message }: Error) => name === "ConfigurationError" && !message.includes("hunter2"),
    );
  });

test("an empty variable counts as unset, and AWS_IGNORE_CONFIGURED_ENDPOINT_URLS unsets the other endpoint variables", async () => {
  for (const env of [
    { AWS_ENDPOINT_URL: "" },
    { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "TRUE" },
  ])
    await withEnvironment({ AWS_REGION: "us-east-1", ...env }, async () => {
      const asked: string[] = [];
      const fetch = async ({ url }: Request) => {
        asked.push(new URL(url).host);
        return new Response("{}");
      };
      await createClient({ credentials, fetch }).listModelPackagingJobs({ projectName });
      assert.equal(asked, ["lookoutvision.us-east-1.amazonaws.com"]);
    });
});

test("an option that is null, as in a program without types, counts as unset", async () => {
  const server = await stubServer(() => ({ body: { ModelPackagingJobs: [{ JobName: "a" }] } }));
  const client = createClient({ region: "us-east-1", endpoint: server.url, credentials });
  const list = client.listModelPackagingJobs as (
    input: object,
    options: unknown,
  ) => ReturnType<typeof client.listModelPackagingJobs>;
  assert.equal(await list({ projectName }, null).toArray(), [{ JobName: "a" }]);
  await client.close();
  await server.close();
});

test("a logger that throws does not fail the call, and its error is reported", async () => {
  const server = await stubServer((_, index) => (index === 0 ? { status: 500 } : { body: {} }));
  const fail = () => {
    throw new Error("the log is full");
  };
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => warnings.push(message);
  process.on("warning", onWarning);
  const client = createClient({
    region: "us-east-1",
    endpoint: server.url,
    credentials,
    logger: { debug: fail, warn: fail },
  });
  await client.listModelPackagingJobs({ projectName });
  await new Promise(setImmediate);
  process.off("warning", onWarning);
  await client.close();
  await server.close();
  assert.equal(warnings, Array(3).fill("The logger failed: Error: the log is full"));
});

test("an endpoint may be a URL, and a client is closed by `await using`", async () => {
  const server = await stubServer(() => ({ body: {} }));
  const client = createClient({ region: "us-east-1", endpoint: new URL(server.url), credentials });
  await client.listModelPackagingJobs({ projectName });
  await client[Symbol.asyncDispose]();
  await server.close();
});

test("a mistyped option of a call is refused", async () => {
  const client = createClient({ region: "us-east-1", endpoint: "http://127.0.0.1:9", credentials });
  const list = client.listModelPackagingJobs as (input: object, options: object) => PromiseLike<unknown>;
  const error = await rejection(list({ projectName }, { timout: 5 }));
  assert.ok(error instanceof ConfigurationError);
  assert.is(error.message, "timout is no option. Did you mean timeout?");
});

test("without a process, as in a browser, the error says in one sentence why nothing works", async () => {
  const { process } = globalThis;
  try {
    Object.defineProperty(globalThis, "process", { value: undefined, configurable: true, writable: true });
    assert.throws(() => createClient(), /runs on a server, not in a browser/);
  } finally {
    globalThis.process = process;
  }
});

test.run();
