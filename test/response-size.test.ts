/** A service cannot fill the memory of a client: the size of a response is bounded. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { NetworkError } from "../src/index.ts";
import { ConfigurationError } from "../src/index.ts";
import { signedFetch } from "../src/sigv4.ts";
import { clientOf, credentials, paths, projectName, rejection } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("the size of a response");
test.after.each(closeServers);

/** A page of empty items with a token, of at least this many bytes. */
function pageOf(bytes: number, NextToken?: string): string {
  const items = "{},".repeat(Math.ceil(bytes / 3)).slice(0, -1);
  return `{"ModelPackagingJobs":[${items}]${NextToken ? `,"NextToken":"${NextToken}"` : ""}}`;
}

test("40 MB of empty items are a named error in a client with 512 MB of heap", async () => {
  const body = pageOf(40e6);
  const server = createServer((_, response) => response.end(body)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const program = `
    import { createClient } from ${JSON.stringify(import.meta.resolve("../src/index.ts"))};
    const client = createClient({
      region: "us-east-1", endpoint: ${JSON.stringify(url)}, credentials: ${JSON.stringify(credentials)}, maxAttempts: 1,
      timeout: 60_000, attemptTimeout: 60_000,
    });
    await client.listModelPackagingJobs({ projectName: "p" }).toArray().catch(({ name, message }) => console.log(name, message));`;
  const args = ["--max-old-space-size=512", "--import", "tsx", "--input-type=module", "-e", program];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const [said, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  server.closeAllConnections();
  server.close();
  assert.is(code, 0, errors);
  assert.match(said, /^NetworkError .*longer than 8388608 bytes \(maxResponseBytes\)/);
});

for (const [path, way] of Object.entries(paths)) {
  test(`a page may have maxResponseBytes, and not one byte more, over ${path}`, async () => {
    const body = pageOf(1000);
    const server = await stubServer(() => ({ body }));
    const call = (maxResponseBytes: number) =>
      clientOf(server, { ...way, maxResponseBytes }).listModelPackagingJobs({ projectName });
    assert.is((await call(body.length)).ModelPackagingJobs?.length, 334);
    const error = (await rejection(call(body.length - 1))) as NetworkError;
    assert.is(error.name, "NetworkError");
    assert.match(error.message, `longer than ${body.length - 1} bytes (maxResponseBytes)`);
    assert.is(error.attempts, 1);
  });

  test(`an error of any size keeps its status, over ${path}`, async () => {
    const server = await stubServer(() => ({ status: 404, body: "x".repeat(2 << 20) }));
    const error = await rejection(
      clientOf(server, { ...way, maxResponseBytes: 1 }).listModelPackagingJobs({ projectName }),
    );
    assert.is((error as { status?: number }).status, 404);
  });

  test(`the size of a compressed page is its decoded size, over ${path}`, async () => {
    const body = gzipSync(pageOf(1e6));
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(body),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const call = (maxResponseBytes: number) =>
      clientOf({ url }, { ...way, maxResponseBytes }).listModelPackagingJobs({ projectName });
    assert.is((await call(2e6)).ModelPackagingJobs?.length, 333_334);
    assert.match(((await rejection(call(1e5))) as Error).message, "longer than 100000 bytes (maxResponseBytes)");
    server.closeAllConnections();
    server.close();
  });
}

test("signedFetch has the same bound", async () => {
  const server = await stubServer(() => ({ body: "x".repeat(101) }));
  const options = { region: "us-east-1", service: "execute-api", credentials };
  assert.is((await (await signedFetch({ ...options, maxResponseBytes: 101 })(server.url)).text()).length, 101);
  const error = (await rejection(signedFetch({ ...options, maxResponseBytes: 100 })(server.url))) as Error;
  assert.match(error.message, "longer than 100 bytes");
});

for (const maxResponseBytes of [
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 28 + 1,
  "1" as unknown as number,
])
  test(`maxResponseBytes may not be ${maxResponseBytes} (${typeof maxResponseBytes})`, () => {
    assert.throws(
      () => clientOf({ url: "http://127.0.0.1:9" }, { maxResponseBytes }),
      (error: unknown) =>
        error instanceof ConfigurationError && /^maxResponseBytes must be a whole number/.test(error.message),
    );
  });

test.run();
