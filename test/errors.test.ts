/** Errors in every form of restJson1, from the wire to the caller. */
import { inspect } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { statuses } from "../generated/routes.ts";
import {
  type Client,
  ConfigurationError,
  createClient,
  InputError,
  isServiceError,
  NetworkError,
  UnknownServiceError,
} from "../src/index.ts";
import { clientOf, paths, projectName, rejection } from "./support/client.ts";
import { endless } from "./support/fault-modes.ts";
import { faultyServer } from "./support/faulty-server.ts";
import { type StubResponse, type StubServer, stubServer } from "./support/stub-server.ts";

interface Context {
  server: StubServer;
  /** One client for each transport. */
  clients: readonly Client[];
  response: StubResponse;
}

const test = suite<Context>("errors");

test.before(async (context) => {
  context.response = {};
  context.server = await stubServer(() => context.response);
  context.clients = Object.values(paths).map((way) => clientOf(context.server, { maxAttempts: 1, ...way }));
});
test.after(({ server }) => server.close());

/** The error for a response. It must be the same on every transport. */
async function errorFor(context: Context, response: StubResponse): Promise<Error> {
  context.response = response;
  const calls = context.clients.map((client) => rejection(client.listModelPackagingJobs({ projectName })));
  const [one, ...others] = (await Promise.all(calls)) as Error[];
  assert.instance(one, Error);
  const shown = (error?: Error) => ({ ...error, name: error?.name, message: error?.message });
  for (const other of others) assert.equal(shown(other), shown(one));
  return one as Error;
}

/** The places of an error's name in a response, the strongest first. */
const FORMS: Readonly<Record<string, (name: string) => { headers?: Record<string, string>; body?: object }>> = {
  "a header": (name) => ({ headers: { "x-amzn-errortype": name } }),
  "a header of other case, with a link behind it": (name) => ({
    headers: { "X-Amzn-ErrorType": `${name}:http://internal.amazon.com/coral/com.amazon.lookoutvision/` },
  }),
  "a header that a proxy has doubled": (name) => ({ headers: { "x-amzn-errortype": `${name}, ${name}` } }),
  "a header with a link that has a fragment": (name) => ({ headers: { "x-amzn-errortype": `${name}:http://a.b/#c` } }),
  "a header with a namespace": (name) => ({ headers: { "x-amzn-errortype": `com.amazonaws.lookoutvision#${name}` } }),
  "a header with both": (name) => ({
    headers: { "x-amzn-errortype": `aws.protocol#${name}:http://example.com/#more` },
  }),
  "the body's code": (name) => ({ body: { code: name } }),
  "the body's code with a namespace": (name) => ({ body: { code: `aws.protocol#${name}` } }),
  "the body's __type": (name) => ({ body: { __type: name } }),
  "the body's __type with a namespace": (name) => ({ body: { __type: `com.amazonaws.lookoutvision#${name}` } }),
  "the body's __type with both": (name) => ({ body: { __type: `aws.protocol#${name}:http://example.com/` } }),
  "a header, another name in the body": (name) => ({
    headers: { "x-amzn-errortype": name },
    body: { code: "Other", __type: "Other" },
  }),
  "the body's code, another __type": (name) => ({ body: { code: name, __type: "Other" } }),
  "the body's __type, another one nested": (name) => ({ body: { __type: name, detail: { __type: "Other" } } }),
};

for (const [name, [status]] of Object.entries(statuses))
  test(`${name} is recognized in every form`, async (context) => {
    for (const [form, of] of Object.entries(FORMS))
      for (const member of ["message", "Message"]) {
        const { headers = {}, body = {} } = of(name);
        const error = await errorFor(context, {
          status,
          headers: { "x-amzn-requestid": "id-1", "retry-after": "2", ...headers },
          body: { ...body, [member]: "what happened", Extra: { deep: [1] } },
        });
        assert.ok(isServiceError(error), form);
        assert.is(error.name, name, form);
        assert.is(error.message, "what happened");
        assert.is(error.status, status);
        assert.is(error.requestId, "id-1");
        assert.is(error.attempts, 1);
        assert.is(error.retryAfter, 2);
        assert.equal(error.body, {
          ...body,
          [member]: "what happened",
          Message: "what happened",
          Extra: { deep: [1] },
        });
        assert.is("cause" in error, false);
      }
  });

test("the name decides which error is thrown, also with a status that the document does not have for it", async (context) => {
  const headers = { "x-amzn-errortype": "ResourceNotFoundException" };
  const error = await errorFor(context, { status: 400, headers, body: { Message: "m", ResourceType: "PROJECT" } });
  assert.ok(isServiceError(error) && error.name === "ResourceNotFoundException" && error.status === 400);
  assert.is(error.body.ResourceType, "PROJECT");
});

test("an error may have an empty body", async (context) => {
  const error = await errorFor(context, { status: 500, headers: { "x-amzn-errortype": "InternalFailure" } });
  assert.ok(isServiceError(error) && error.name === "InternalFailure");
  assert.is(error.message, "The service responded with 500 InternalFailure.");
  assert.equal(error.body, { Message: "" });
});

test("the request id comes from the first of three headers that is there", async (context) => {
  const [first, second, third] = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"] as const;
  const headers: Record<string, string> = { [third]: "3", [second]: "2", [first]: "1" };
  for (const [name, id] of [
    [first, "1"],
    [second, "2"],
    [third, "3"],
  ] as const) {
    const error = await errorFor(context, { status: 400, headers });
    assert.ok(error instanceof UnknownServiceError && error.requestId === id);
    delete headers[name];
  }
  assert.is("requestId" in (await errorFor(context, { status: 400 })), false);
});

/** A response without an error's name comes from something else than the service. */
const QUESTION = ". Is the endpoint the right one?";
const html = "<html>\n<head><title>502 Bad Gateway</title></head>\n</html>";
const UNKNOWN: Readonly<Record<string, [response: StubResponse, message: string, members: object]>> = {
  "a name that the document has not": [
    { status: 400, headers: { "x-amzn-errortype": "ConflictException" }, body: { message: "two at once" } },
    "The server responded with ConflictException (HTTP 400): two at once",
    { code: "ConflictException", body: { message: "two at once" } },
  ],
  "a name that every object has": [
    { status: 400, headers: { "x-amzn-errortype": "constructor" }, body: {} },
    "The server responded with constructor (HTTP 400): {}",
    { code: "constructor", body: {} },
  ],
  "a nested name alone": [
    { status: 400, body: { error: { __type: "ValidationException" } } },
    `The server responded with HTTP 400: {"error":{"__type":"ValidationException"}}${QUESTION}`,
    { body: { error: { __type: "ValidationException" } } },
  ],
  "a name that is no text": [
    { status: 400, body: { code: 17, __type: null, message: "seventeen" } },
    `The server responded with HTTP 400: seventeen${QUESTION}`,
    { body: { code: 17, __type: null, message: "seventeen" } },
  ],
  "a proxy's page": [
    { status: 502, headers: { "content-type": "text/html" }, body: html },
    `The server responded with HTTP 502: <html> <head><title>502 Bad Gateway</title></head> </html>${QUESTION}`,
    { body: html },
  ],
  "no body": [{ status: 403 }, `The server responded with HTTP 403, with an empty body${QUESTION}`, {}],
  "a list": [{ status: 400, body: [1, 2] }, `The server responded with HTTP 400: [1,2]${QUESTION}`, { body: [1, 2] }],
  "broken JSON": [
    { status: 400, body: '{"message": "cut o' },
    `The server responded with HTTP 400: {"message": "cut o${QUESTION}`,
    { body: '{"message": "cut o' },
  ],
  "a long text": [
    { status: 400, body: "x".repeat(500) },
    `The server responded with HTTP 400: ${"x".repeat(120)}…${QUESTION}`,
    { body: "x".repeat(500) },
  ],
};

for (const [what, [response, message, members]] of Object.entries(UNKNOWN))
  test(`${what} is an UnknownServiceError`, async (context) => {
    const error = await errorFor(context, response);
    assert.ok(error instanceof UnknownServiceError);
    assert.is(isServiceError(error), false);
    assert.is(error.message, message);
    const { name, ...own } = { ...error };
    assert.is(name, "UnknownServiceError");
    assert.equal(own, { attempts: 1, status: response.status, ...members });
  });

for (const status of [301, 302, 303, 307, 308])
  test(`a redirect with ${status} is an error that names its target`, async (context) => {
    const before = context.server.requests.length;
    const location = `${context.server.url}/2020-11-20/elsewhere`;
    const error = await errorFor(context, { status, headers: { location } });
    assert.ok(error instanceof UnknownServiceError && error.status === status);
    assert.match(error.message, `The server redirects to ${location} (HTTP ${status}), which is not followed`);
    assert.is(context.server.requests.length, before + context.clients.length);
  });

test("raw returns a redirect and does not follow it", async (context) => {
  context.response = { status: 302, headers: { location: "/elsewhere" } };
  for (const { raw } of context.clients) {
    const before = context.server.requests.length;
    const { response } = await raw.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
      params: { path: { projectName } },
    });
    assert.is(response.status, 302);
    assert.is(response.headers.get("location"), "/elsewhere");
    assert.is(context.server.requests.length, before + 1);
  }
});

test("a response that the given fetch was redirected to is refused", async () => {
  const server = await stubServer(({ url }) =>
    url === "/elsewhere" ? { body: { ModelPackagingJobs: [] } } : { status: 302, headers: { location: "/elsewhere" } },
  );
  const client = clientOf(server, { fetch: (request) => fetch(request, { redirect: "follow" }) });
  const error = await rejection(client.listModelPackagingJobs({ projectName }));
  await server.close();
  assert.ok(error instanceof NetworkError && error.attempts === 1);
  assert.match(error.message, "the fetch that was given followed a redirect, signature and all");
});

test("a success with an endless body is an error that says so", async () => {
  const server = await faultyServer(endless(200));
  for (const way of Object.values(paths)) {
    const error = await rejection(
      clientOf(server, { timeout: 100_000, attemptTimeout: 100_000, ...way }).listModelPackagingJobs({ projectName }),
    );
    assert.ok(error instanceof NetworkError && error.attempts === 1, String(error));
    assert.match(error.message, "it is longer than 8388608 bytes (maxResponseBytes)");
  }
  await server.close();
});

test("a printed error shows its known members, and no others", async (context) => {
  const error = await errorFor(context, {
    status: 404,
    headers: { "x-amzn-errortype": "ResourceNotFoundException", "x-amzn-requestid": "id-1" },
    body: { Message: "no such project", ResourceId: "p", ResourceType: "PROJECT" },
  });
  assert.equal(JSON.parse(JSON.stringify(error)), {
    name: "ResourceNotFoundException",
    status: 404,
    requestId: "id-1",
    attempts: 1,
    body: { Message: "no such project", ResourceId: "p", ResourceType: "PROJECT" },
  });
  assert.match(inspect(error), /^ResourceNotFoundException: no such project\n/);
  assert.is(String(error), "ResourceNotFoundException: no such project");
});

test("the error for an unreachable default host says that the service has ended, and what to do", async () => {
  const client = createClient({
    region: "us-east-1",
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
    maxAttempts: 1,
    // As Node's error for a name that does not resolve.
    fetch: async () => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }) });
    },
  });
  const error = await rejection(client.listModelPackagingJobs({ projectName }));
  assert.is(
    String(error),
    "NetworkError: No complete response from https://lookoutvision.us-east-1.amazonaws.com: ENOTFOUND. AWS ended Amazon " +
      "Lookout for Vision on 31 October 2025. Serve a saved inventory with `packaging-jobs serve` and set " +
      "AWS_ENDPOINT_URL_LOOKOUTVISION to its URL.",
  );
});

test("the error for a server that speaks no TLS is the same on every transport", async (context) => {
  const url = context.server.url.replace("http:", "https:");
  for (const way of Object.values(paths)) {
    const error = await rejection(clientOf({ url }, way).listModelPackagingJobs({ projectName }));
    assert.ok(error instanceof NetworkError && error.code === "EPROTO" && error.attempts === 1);
    assert.match(error.message, `No complete response from ${url}: EPROTO. The server does not speak TLS there`);
  }
});

test("every error class extends Error and has a literal name", () => {
  for (const error of [new InputError("m", []), new ConfigurationError("m"), new UnknownServiceError("m")]) {
    assert.instance(error, Error);
    assert.is(error.name, error.constructor.name);
    assert.is(isServiceError(error), false);
  }
});

test.run();
