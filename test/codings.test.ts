/** Responses in a content coding that was not asked for, and errors in XML. */
import zlib, { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { UnknownServiceError } from "../src/index.ts";
import { decode } from "../src/sending/decode.ts";
import { readError } from "../src/sending/read-error.ts";
import { signedFetch } from "../src/sigv4.ts";
import { clientOf, credentials, paths, projectName, rejection, withRandom } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("content codings and XML");
test.after(closeServers);

const page = Buffer.from(JSON.stringify({ ModelPackagingJobs: [{ JobName: "é" }] }));

const CODINGS: readonly (readonly [name: string, encoding: string, body: Buffer])[] = [
  ["gzip", "gzip", gzipSync(page)],
  ["x-gzip, in upper case", "X-GZIP", gzipSync(page)],
  ["deflate", "deflate", deflateSync(page)],
  ["raw deflate", "deflate", deflateRawSync(page)],
  ["br", "br", brotliCompressSync(page)],
  ["two codings", "gzip, br", brotliCompressSync(gzipSync(page))],
  ["identity", "identity", page],
];
/** Node 20, and 22 before 22.15, have no zstd. */
const zstdCompress = (zlib as { zstdCompressSync?: (bytes: Buffer) => Buffer }).zstdCompressSync;

for (const [name, encoding, body] of CODINGS)
  test(`${name} is decoded`, async () => {
    assert.equal(await decode(body, encoding, 1000), page);
  });

test("zstd is decoded where Node has it, and is an unknown coding elsewhere", async () => {
  const body = zstdCompress?.(page) ?? page;
  assert.equal(await decode(body, "zstd", 1000), zstdCompress ? page : { coding: "zstd" });
});

for (const way of ["node:http", "node:http, with middleware"])
  test(`a page in gzip is listed: ${way}`, async () => {
    const server = await stubServer(() => ({ headers: { "content-encoding": "gzip" }, body: gzipSync(page) }));
    const { ModelPackagingJobs } = await clientOf(server, paths[way]).listModelPackagingJobs({ projectName });
    assert.is(ModelPackagingJobs?.[0]?.JobName, "é");
  });

test("an error in gzip is known by its name", async () => {
  const body = gzipSync(JSON.stringify({ __type: "ValidationException", message: "no" }));
  const server = await stubServer(() => ({ status: 400, headers: { "content-encoding": "gzip" }, body }));
  const error = await rejection(clientOf(server).listModelPackagingJobs({ projectName }));
  assert.is((error as Error).name, "ValidationException");
});

test("a response without a body has nothing to decode", async () => {
  const server = await stubServer(() => ({ status: 204, headers: { "content-encoding": "gzip" } }));
  const fetch = signedFetch({ service: "s3", region: "us-east-1", credentials });
  assert.is((await fetch(server.url)).status, 204);
  assert.is((await fetch(server.url, { method: "HEAD" })).status, 204);
});

test("an unknown coding is an error that names the coding, and has no bytes of the body", async () => {
  for (const status of [200, 404]) {
    const server = await stubServer(() => ({ status, headers: { "content-encoding": "lzma" }, body: gzipSync(page) }));
    const client = clientOf(server, { maxAttempts: 1 });
    const error = await rejection(client.listModelPackagingJobs({ projectName }));
    assert.ok(error instanceof UnknownServiceError && error.status === status);
    assert.match(error.message, `The server responded with HTTP ${status} in the content coding "lzma", which cannot`);
    assert.is(error.body, undefined);
    const fetch = signedFetch({ service: "s3", region: "us-east-1", credentials });
    assert.equal(Buffer.from(await (await fetch(server.url)).arrayBuffer()), gzipSync(page));
  }
});

test("the size of a decoded body is bounded", async () => {
  const error = await rejection(decode(gzipSync(Buffer.alloc(2_000_000)), "gzip", 1_000_000));
  assert.is((error as Error).message, "it is longer than 1000000 bytes (maxResponseBytes)");
  assert.equal(await decode(page, "gzip, gzip, gzip, gzip, gzip", 1000), { coding: "gzip, gzip, gzip, gzip, gzip" });
});

test("a request is sent again when its compressed body breaks off", () =>
  withRandom(0, async () => {
    const whole = gzipSync(page);
    const server = await stubServer((_, index) => ({
      headers: { "content-encoding": "gzip" },
      body: index === 0 ? whole.subarray(0, -12) : whole,
    }));
    await clientOf(server).listModelPackagingJobs({ projectName });
    assert.is(server.requests.length, 2);
  }));

const XML: readonly (readonly [protocol: string, body: string])[] = [
  ["S3", '<?xml version="1.0"?>\n<Error><Code>SlowDown</Code><Message>a &lt;b&gt; &amp;amp;</Message></Error>'],
  [
    "query",
    "<ErrorResponse><Error><Type>Sender</Type><Code>SlowDown</Code><Message>a &lt;b&gt; &amp;amp;</Message></Error>",
  ],
  ["EC2", "<Response><Errors><Error><Code> SlowDown </Code><Message>a &lt;b&gt; &amp;amp;</Message></Error></Errors>"],
];

for (const [protocol, body] of XML)
  test(`the XML of ${protocol} has the error's code and message`, () => {
    const { code, message } = readError({}, new Headers(), body);
    assert.equal({ code, message }, { code: "SlowDown", message: "a <b> &amp;" });
  });

test("a page of HTML has neither code nor message", () => {
  for (const body of ["<html><body><h1>Error</h1></body></html>", "Error: <Code>x</Code>", "<ErrorResponse>"])
    assert.is(readError({}, new Headers(), body).code, undefined);
});

test("a page full of elements is read in one pass, where a backtracking search would take hours", () => {
  for (const body of ["<Error><Code>".repeat(80_000), `<Error><Code>${" ".repeat(1_000_000)}`])
    assert.is(readError({}, new Headers(), body).code, undefined);
});

test("credentials are refreshed when an error in XML says that their token has expired", async () => {
  const server = await stubServer((_, index) =>
    index === 0 ? { status: 400, body: "<Error><Code>ExpiredToken</Code></Error>" } : {},
  );
  const asked: unknown[] = [];
  const provider = async (options?: { forceRefresh?: boolean }) => {
    asked.push(options?.forceRefresh);
    return credentials;
  };
  const fetch = signedFetch({ service: "s3", region: "us-east-1", credentials: provider });
  assert.is((await fetch(server.url)).status, 200);
  assert.equal(asked, [undefined, true]);
});

test.run();
