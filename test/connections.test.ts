/** The connections that a client opens and closes. */
import http, { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { serve } from "../src/endpoint/index.ts";
import { signedFetch } from "../src/sigv4.ts";
import { clientOf, credentials, projectName, rejection } from "./support/client.ts";
import { closeServers, opened } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";
import { until } from "./support/wait.ts";

const test = suite("connections");
test.after.each(closeServers);

/** A server that keeps a set of its open connections. */
async function countingServer() {
  const sockets = new Set<unknown>();
  const server = createServer((_, response) => response.end('{"ModelPackagingJobs":[]}'));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  return opened({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets, close });
}

test("close() ends the idle connections of its client, and none of another client or of Node's global agent", async () => {
  const { url, sockets } = await countingServer();
  await new Promise<void>((resolve, reject) => {
    const agent = http.globalAgent;
    http.get(url, { agent }, (response) => response.resume().on("end", resolve)).on("error", reject);
  });
  const [one, other] = [clientOf({ url }), clientOf({ url })];
  for (const client of [one, other]) await client.listModelPackagingJobs({ projectName });
  assert.is(sockets.size, 3);
  await one.close();
  await until(() => sockets.size < 3);
  assert.is(sockets.size, 2);
  const isIdle = Object.values(http.globalAgent.freeSockets).flat();
  assert.ok(isIdle.some((socket) => socket && !socket.destroyed && url.endsWith(`:${socket.remotePort}`)));
  await one.listModelPackagingJobs({ projectName });
  for (const client of [one, other]) await client.close();
  await until(() => sockets.size === 1);
});

test("`await using` closes a client, a signedFetch and an endpoint", async () => {
  const { url, sockets } = await countingServer();
  const signed = signedFetch({ service: "execute-api", region: "us-east-1", credentials });
  await signed(url);
  assert.is(sockets.size, 1);
  await signed[Symbol.asyncDispose]();
  await until(() => sockets.size === 0);
  const client = clientOf({ url });
  await client.listModelPackagingJobs({ projectName });
  await client[Symbol.asyncDispose]();
  await until(() => sockets.size === 0);
  const endpoint = await serve();
  await endpoint[Symbol.asyncDispose]();
  assert.instance(await rejection(fetch(endpoint.url)), TypeError);
});

test("a request id of an HTTP API of API Gateway is read", async () => {
  const server = await stubServer(() => ({ headers: { "apigw-requestid": "Rq1=" }, body: {} }));
  assert.is((await clientOf(server).listModelPackagingJobs({ projectName })).requestId, "Rq1=");
});

test("in workerd a client sends by the runtime's fetch, unless it is given one", async () => {
  const { navigator, fetch } = globalThis;
  let calls = 0;
  const counting: typeof fetch = (...request) => {
    calls++;
    return fetch(...request);
  };
  const { url } = await countingServer();
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Cloudflare-Workers" }, configurable: true });
  globalThis.fetch = counting;
  try {
    await clientOf({ url }).listModelPackagingJobs({ projectName });
    assert.is(calls, 1);
    await clientOf({ url }, { fetch: (request) => fetch(request) }).listModelPackagingJobs({ projectName });
    assert.is(calls, 1);
  } finally {
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
    globalThis.fetch = fetch;
  }
});

test.run();
