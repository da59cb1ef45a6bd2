/** `signedFetch`: a `fetch` for any API that signs and retries. */
import { build } from "esbuild";
import createClient from "openapi-fetch";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ConfigurationError, signedFetch } from "../src/sigv4.ts";
import { type StubResponse, type StubServer, stubServer } from "./support/stub-server.ts";

const test = suite("signedFetch");
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token/+=" };

async function withServer(
  respond: (index: number) => StubResponse,
  work: (server: StubServer, fetch: ReturnType<typeof signedFetch>) => Promise<void>,
  options = {},
) {
  const server = await stubServer((_, index) => respond(index));
  const fetch = signedFetch({ service: "execute-api", region: "eu-west-1", credentials, ...options });
  try {
    await work(server, fetch);
  } finally {
    await fetch.close();
    await server.close();
  }
}

interface ItemPaths {
  "/items/{id}": {
    get: {
      parameters: { path: { id: string } };
      responses: { 200: { content: { "application/json": { name: string } } } };
    };
  };
}

test("signedFetch signs the requests of an openapi-fetch client of any API", () =>
  withServer(
    () => ({ body: { name: "lens" } }),
    async (server, fetch) => {
      const api = createClient<ItemPaths>({ baseUrl: server.url, fetch });
      const { data } = await api.GET("/items/{id}", { params: { path: { id: "a/b" } } });
      assert.equal(data, { name: "lens" });
      const [request] = server.requests;
      assert.is(request?.url, "/items/a%2Fb");
      assert.match(
        request?.headers.authorization ?? "",
        /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request/,
      );
      assert.is(request?.headers["x-amz-security-token"], "token/+=");
      assert.match(request?.headers.authorization ?? "", /;x-amz-date;x-amz-security-token/);
    },
  ));

test("signedFetch is called like fetch: it returns text, JSON and streams, and errors as responses", () =>
  withServer(
    (index) => (index === 0 ? { body: "plain" } : { status: 404, body: { message: "no" } }),
    async (server, fetch) => {
      const found = await fetch(new URL("/a?b=1&b=0&c", server.url));
      assert.is(await found.text(), "plain");
      const missing = await fetch(`${server.url}/x`, { method: "DELETE" });
      assert.is(missing.status, 404);
      assert.equal(await missing.json(), { message: "no" });
      assert.is(server.requests[0]?.url, "/a?b=1&b=0&c");
    },
  ));

test("a GET and a PUT with its body are retried, and a POST is not", () =>
  withServer(
    (index) => ({ status: index % 2 === 0 ? 503 : 200 }),
    async (server, fetch) => {
      assert.is((await fetch(server.url)).status, 200);
      assert.is((await fetch(server.url, { method: "PUT", body: "kept" })).status, 200);
      assert.equal(
        server.requests.map(({ method, body }) => method + body),
        ["GET", "GET", "PUTkept", "PUTkept"],
      );
      assert.is((await fetch(server.url, { method: "POST", body: "once" })).status, 503);
      assert.is(server.requests.length, 5);
    },
  ));

test("a POST is retried with retryPost", () =>
  withServer(
    (index) => ({ status: index === 0 ? 503 : 200 }),
    async (server, fetch) => {
      assert.is((await fetch(server.url, { method: "POST", body: "twice" })).status, 200);
      assert.equal(
        server.requests.map(({ body }) => body),
        ["twice", "twice"],
      );
    },
    { retryPost: true },
  ));

test("a wrong clock is corrected by the service's Date, and the request retried", () =>
  withServer(
    (index) =>
      index === 0
        ? {
            status: 403,
            headers: {
              "x-amzn-errortype": "InvalidSignatureException",
              date: new Date(Date.now() + 3_600_000).toUTCString(),
            },
          }
        : {},
    async (server, fetch) => {
      assert.is((await fetch(server.url)).status, 200);
      const [first, second] = server.requests.map(({ headers }) => String(headers["x-amz-date"]).slice(0, 11));
      assert.is.not(first, second);
    },
  ));

test("a redirect is returned and not followed", () =>
  withServer(
    () => ({ status: 302, headers: { location: "http://127.0.0.1:9/" } }),
    async (server, fetch) => {
      assert.is((await fetch(server.url)).status, 302);
      assert.is(server.requests.length, 1);
    },
  ));

test("a forwarded request loses the headers of its connection and of its other signature", () =>
  withServer(
    () => ({ body: "ok" }),
    async (server, fetch) => {
      const smuggled = "helloGET /admin HTTP/1.1\r\nHost: x\r\n\r\n";
      const headers = {
        "content-length": "5",
        "transfer-encoding": "chunked",
        connection: "close",
        host: "elsewhere",
        "accept-encoding": "gzip",
        authorization: "Bearer another",
        "x-amz-security-token": "another",
        "x-amz-date": "20150830T123600Z",
        "x-kept": "yes",
      };
      assert.is((await fetch(`${server.url}/put`, { method: "PUT", body: smuggled, headers })).status, 200);
      const [request, ...others] = server.requests;
      assert.equal(others, []);
      assert.is(request?.body, smuggled);
      const { host, authorization = "", ...rest } = request?.headers ?? {};
      assert.is(host, new URL(server.url).host);
      assert.match(authorization, /^AWS4-HMAC-SHA256 /);
      assert.is(rest["x-kept"], "yes");
      assert.is(rest["content-length"], String(smuggled.length));
      for (const name of ["transfer-encoding", "accept-encoding"]) assert.is(rest[name], undefined);
      assert.is(rest["x-amz-security-token"], credentials.sessionToken);
      assert.is.not(rest["x-amz-date"], headers["x-amz-date"]);
    },
  ));

test("a request that cannot be sent or signed unchanged is refused, and nothing is sent", () =>
  withServer(
    () => ({}),
    async (server, fetch) => {
      const refusal = (work: Promise<unknown>) =>
        work.then(
          () => "sent",
          (error: Error) => `${error.name}: ${error.message}`,
        );
      assert.is(
        await refusal(fetch("ftp://127.0.0.1/file")),
        "InputError: The request's url must begin with http:// or https://. Nothing was sent.",
      );
      assert.is(
        await refusal(fetch(server.url, { headers: { "x-name": "caf\u00e9" } })),
        "InputError: The request's x-name must be in printable ASCII. Nothing was sent.",
      );
      const used = new Request(server.url, { method: "POST", body: "{}" });
      await used.text();
      for (const [input, rule] of [
        ["/relative", "url must be absolute, such as https://example.com/path"],
        ["http://user:word@127.0.0.1/", "url must not have a user name or password"],
        [used, "body has been read already: pass a clone of it"],
      ] as const)
        assert.is(await refusal(fetch(input)), `InputError: The request's ${rule}. Nothing was sent.`);
      assert.match(
        await refusal(fetch(server.url, { method: "TRACE" })),
        /^InputError: The request's init must be valid for fetch: .*TRACE/,
      );
      assert.is(server.requests.length, 0);
    },
  ));

test("signedFetch needs a service and a region", () => {
  assert.throws(
    () => signedFetch({ service: "", region: "us-east-1" }),
    (error: unknown) => error instanceof ConfigurationError,
  );
  const mistyped = { service: "lambda", region: "us-east-1", normalisePath: false };
  assert.throws(() => signedFetch(mistyped), /normalisePath is no option. Did you mean normalizePath\?/);
  assert.throws(() => signedFetch({ service: "lambda", region: "US EAST" }), /region must be .*not "US EAST"/);
});

test("signedFetch loads neither the contract nor openapi-fetch", async () => {
  const { metafile } = await build({
    entryPoints: ["src/sigv4.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  const strangers = Object.keys(metafile.inputs).filter((file) =>
    /generated\/|openapi-fetch|endpoint|cli\//.test(file),
  );
  assert.equal(strangers, []);
});

test.run();
