import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, openStore, type Store } from "../src/endpoint/index.ts";
import { listingOf, putJobs, stored } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { KEY, NOW, serveTable } from "./support/endpoint-table.ts";
import { ask, exchange, PING, parseResponses } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";
import { inTime, until } from "./support/wait.ts";

const limits = { headTime: 100, requestTime: 300, idleTime: 300 };
const slow = {
  status: 408,
  error: "RequestTimeoutException",
  connection: "close",
  body: '{"Message":"The request took too long to arrive."}',
};

/** The response to a caller who sends some bytes and then nothing more. */
async function stall(port: number, bytes: string) {
  const { status, headers, body } = await ask(port, bytes, { keepOpen: true });
  return { status, error: headers.get("x-amzn-errortype"), connection: headers.get("connection"), body };
}

/** A store whose pages wait until they are let go. */
function gated(store: Store): { store: Store; letGo: () => void; asked: Promise<void> } {
  let letGo = (): void => {};
  let ask = (): void => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const page: Store["page"] = async (...args) => {
    ask();
    await gate;
    return store.page(...args);
  };
  return { store: Object.assign(Object.create(store) as Store, { page }), letGo, asked };
}

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Unlike `once`, this takes a reset for an end like any other. */
const closed = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once("close", resolve));

const test = suite<{ endpoint: Endpoint }>("an endpoint's server");

test.after(closeServers);
test.before(async (context) => {
  context.endpoint = await serveTable({ limits, clock: Date.now });
});
test.after(({ endpoint }) => endpoint.close());

test("cuts a caller who sends nothing", async ({ endpoint }) => {
  assert.equal(await stall(endpoint.port, ""), slow);
});

test("cuts a caller who sends half a head", async ({ endpoint }) => {
  assert.equal(await stall(endpoint.port, "GET /ping HTTP/1.1\r\nHost: a\r\n"), slow);
});

test("cuts a caller who goes on sending headers for ever", async ({ endpoint }) => {
  const socket = await opened(endpoint.port);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.write("GET /ping HTTP/1.1\r\n");
  const drip = setInterval(() => socket.write("X-A: 1\r\n"), 20);
  await closed(socket);
  clearInterval(drip);
  assert.is(parseResponses(text)[0]?.status, 408);
});

test("cuts a caller who sends half a body", async ({ endpoint }) => {
  const signer = { port: endpoint.port, credentials: KEY };
  const half = signedRequest({ method: "POST", target: "/", body: "1234567890" }, signer).slice(0, -5);
  assert.equal(await stall(endpoint.port, half), slow);
});

test("refuses half a body without a signature once, and cuts its caller", async ({ endpoint }) => {
  const half = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345";
  assert.is((await ask(endpoint.port, half, { keepOpen: true })).status, 403);
});

for (const [name, rest, keepOpen] of [
  ["ends in the middle of a body", "5\r\n123", false],
  ["sends a broken body", "ZZZZ\r\n", true],
] as const)
  test(`refuses a caller who ${name}, and keeps the connection no longer than an idle one`, async () => {
    const endpoint = await serveTable({ limits: { unprovenIdleTime: keepOpen ? 100 : 60_000 } });
    const signer = { port: endpoint.port, credentials: KEY, now: NOW };
    const signed = signedRequest({ method: "POST", target: "/", body: "12345" }, signer);
    const bytes = signed.replace("Content-Length: 5\r\n\r\n12345", `Transfer-Encoding: chunked\r\n\r\n${rest}`);
    const response = await inTime(ask(endpoint.port, bytes, { keepOpen }));
    assert.is(typeof response === "string" ? response : response.status, 400);
    await endpoint.close();
  });

test("cuts a caller who does not take the response", async () => {
  const store = await openStore();
  // More than the buffers of two sockets hold.
  const body = JSON.stringify({ StatusMessage: "x".repeat(200_000) });
  const record = (at: number) => ({ collection: "boards", name: `job-${at}`, rank: at, updated: null, body });
  await store.write(async (writer) => void (await writer.put(Array.from({ length: 100 }, (_, at) => record(at)))));
  const endpoint = await serve({ store, limits });
  const accepted = new Promise<Socket>((resolve) => {
    const take = (event: unknown): void => {
      unsubscribe("net.server.socket", take);
      resolve((event as { socket: Socket }).socket);
    };
    subscribe("net.server.socket", take);
  });
  const socket = await opened(endpoint.port);
  socket.pause();
  socket.write(signedRequest({ target: listingOf("boards") }, endpoint));
  await inTime(closed(await accepted));
  let size = 0;
  socket.on("data", (chunk) => {
    size += chunk.length;
  });
  await closed(socket.resume());
  assert.ok(size < 100 * body.length, `${size} bytes`);
  await endpoint.close();
});

test("responds once to a caller who goes on sending broken requests meanwhile", async () => {
  const inner = await openStore();
  await putJobs(inner, "boards", 3);
  const { store, letGo, asked } = gated(inner);
  const endpoint = await serve({ store });
  const socket = await opened(endpoint.port);
  const chunks: Buffer[] = [];
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on("warning", warn);
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(signedRequest({ target: listingOf("boards") }, endpoint));
  await asked;
  for (let times = 0; times < 20; times++) {
    socket.write("BREW / HTTP/1.1\r\n\r\n");
    await sleep(2);
  }
  letGo();
  await closed(socket);
  assert.equal(
    parseResponses(Buffer.concat(chunks).toString()).map(({ status }) => status),
    [200, 400],
  );
  // Node warns of listeners that pile up.
  process.off("warning", warn);
  assert.equal(warnings, []);
  await endpoint.close();
});

test("survives a caller who resets the connection behind a CONNECT", async ({ endpoint }) => {
  for (let pause = 0; pause < 20; pause++) {
    const socket = await opened(endpoint.port);
    socket.write(`CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n${"x".repeat(100)}`);
    if (pause % 2 === 0) await sleep(pause / 4);
    socket.resetAndDestroy();
  }
  await sleep(20);
  assert.is((await ask(endpoint.port, PING)).status, 200);
});

test("closes an idle connection without a response, and says beforehand how long it may be idle", async () => {
  const endpoint = await serveTable({ limits: { idleTime: 1000 }, clock: Date.now });
  const text = await exchange(endpoint.port, signedRequest({ target: listingOf("boards") }, endpoint), {
    keepOpen: true,
  });
  const [response, ...rest] = parseResponses(text);
  assert.is(response?.headers.get("keep-alive"), "timeout=1");
  assert.equal(rest, []);
  await endpoint.close();
});

test("keeps a connection longer than clients keep theirs by default", async () => {
  const endpoint = await serveTable();
  const signer = { port: endpoint.port, credentials: KEY, now: NOW };
  const response = await ask(endpoint.port, signedRequest({ target: listingOf("boards") }, signer));
  assert.is(response.headers.get("keep-alive"), "timeout=72");
  await endpoint.close();
});

test("gives one connection too many the place of the oldest unproven one", async () => {
  const endpoint = await serveTable({ limits: { connections: 3 }, clock: Date.now });
  const proven = await opened(endpoint.port);
  proven.write(signedRequest({ target: listingOf("boards") }, { port: endpoint.port, credentials: KEY }));
  await once(proven, "data");
  const strangers = [await opened(endpoint.port), await opened(endpoint.port)];
  for (const stranger of strangers) {
    stranger.write(PING);
    await once(stranger, "data");
  }
  const shed = closed(strangers[0]!);
  assert.is((await ask(endpoint.port, PING)).status, 200);
  await shed;
  for (const kept of [proven, strangers[1]!]) {
    kept.write(PING);
    await once(kept, "data");
  }
  await endpoint.close();
});

test("closes one connection too many when all others are proven", async () => {
  const endpoint = await serveTable({ limits: { connections: 2 }, clock: Date.now });
  const proven = [await opened(endpoint.port), await opened(endpoint.port)];
  for (const socket of proven) {
    socket.write(signedRequest({ target: listingOf("boards") }, { port: endpoint.port, credentials: KEY }));
    await once(socket, "data");
  }
  assert.is(await exchange(endpoint.port, PING), "");
  proven[0]!.destroy();
  while ((await exchange(endpoint.port, PING)) === "") await sleep(5);
  await endpoint.close();
});

test("lets a signed caller in through a flood of connections without a key", async () => {
  const endpoint = await serveTable({ limits: { connections: 20 }, clock: Date.now });
  const flood = Array.from({ length: 100 }, async () => {
    const socket = await opened(endpoint.port);
    socket.write(PING);
    return socket;
  });
  const signed = signedRequest({ target: listingOf("boards") }, { port: endpoint.port, credentials: KEY });
  await Promise.all(flood);
  assert.is((await ask(endpoint.port, signed)).status, 200);
  await endpoint.close();
});

test("closes a connection that has only asked for /ping soon, and says so", async () => {
  const endpoint = await serveTable({ limits: { unprovenIdleTime: 1000 }, clock: Date.now });
  const [response] = parseResponses(await exchange(endpoint.port, PING, { keepOpen: true }));
  assert.is(response?.headers.get("keep-alive"), "timeout=1");
  await endpoint.close();
});

test("refuses one request too many in flight on a connection, and responds to those before it", async () => {
  const endpoint = await serveTable({ limits: { requestsInFlight: 3 }, clock: Date.now });
  const responses = parseResponses(await exchange(endpoint.port, PING.repeat(2000), { keepOpen: true }));
  assert.equal(
    responses.map(({ status }) => status),
    [200, 200, 200, 429],
  );
  assert.is(responses[3]?.headers.get("x-amzn-errortype"), "ThrottlingException");
  assert.is(responses[3]?.headers.get("connection"), "close");
  await endpoint.close();
});

test("refuses a caller without a signature before its body has arrived, and lets it go on", async ({ endpoint }) => {
  const socket = await opened(endpoint.port);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.write("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n1");
  await once(socket, "data");
  assert.match(text, /^HTTP\/1\.1 403 /);
  socket.write(`${"1".repeat(99_999)}${PING}`);
  await until(() => /HTTP\/1\.1 200 /.test(text));
  socket.destroy();
});

test("finishes what is in flight when it closes, and takes nothing new", async () => {
  const inner = await openStore();
  await putJobs(inner, "boards", 3);
  const { store, letGo, asked } = gated(inner);
  const endpoint = await serve({ store });
  const inFlight = ask(endpoint.port, signedRequest({ target: listingOf("boards") }, endpoint), { keepOpen: true });
  await asked;
  let isClosed = false;
  const closing = endpoint.close().then(() => {
    isClosed = true;
  });
  assert.is(await exchange(endpoint.port, PING), "");
  assert.is(isClosed, false);
  letGo();
  const { status, headers, body } = await inFlight;
  assert.is(status, 200);
  assert.is(headers.get("connection"), "close");
  assert.is(JSON.parse(body).ModelPackagingJobs.length, 3);
  await closing;
});

test("ends idle connections at once when it closes, used ones and those that never sent a byte", async () => {
  const endpoint = await serveTable({ clock: Date.now, limits: { requestTime: 3_600_000 } });
  const unused = await opened(endpoint.port);
  const used = await opened(endpoint.port);
  used.write(PING);
  await once(used, "data");
  const ended = Promise.all([unused, used].map((socket) => closed(socket.resume())));
  await endpoint.close();
  await ended;
});

test("does not wait for the rest of a head when it closes, on a new connection or a used one", async () => {
  const endpoint = await serveTable({ clock: Date.now, limits: { requestTime: 3_600_000 } });
  const sockets = [await opened(endpoint.port), await opened(endpoint.port)];
  const ping = "GET /ping HTTP/1.1\r\nHost: a\r\n";
  for (const [at, bytes] of [ping, `${ping}\r\n${ping}`].entries()) sockets[at]!.write(bytes);
  await once(sockets[1]!, "data");
  // Once this has its response, both heads have begun to arrive.
  await ask(endpoint.port, `${ping}\r\n`);
  const ended = Promise.all(sockets.map((socket) => closed(socket.resume())));
  const outcome = await inTime(endpoint.close());
  for (const socket of sockets) socket.destroy();
  await ended;
  assert.is(outcome, undefined);
});

test("does not wait for ever for a request that never ends when it closes", async () => {
  const endpoint = await serveTable({ limits, clock: Date.now });
  const socket = await opened(endpoint.port);
  socket.write("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n1");
  await once(socket, "data");
  const drip = setInterval(() => socket.write("1"), 20);
  const ended = closed(socket.resume());
  await endpoint.close();
  await ended;
  clearInterval(drip);
});

test("closes once when it is closed twice", async () => {
  const endpoint = await serveTable();
  await Promise.all([endpoint.close(), endpoint.close()]);
  await endpoint.close();
});

test("leaves a store open that it was given, and closes one that it opened", async () => {
  const store = await openStore();
  await putJobs(store, "boards", 1);
  const endpoint = await serve({ store });
  await endpoint.close();
  assert.is((await stored(store, "boards"))?.length, 1);
});

test("names a port that is in use", async ({ endpoint }) => {
  const error = await serve({ port: endpoint.port }).catch((reason: NodeJS.ErrnoException) => reason);
  assert.is((error as NodeJS.ErrnoException).code, "EADDRINUSE");
  assert.match((error as Error).message, String(endpoint.port));
});

test("has a URL that a client can use, also for IPv6", async () => {
  const endpoint = await serve({ host: "::1" });
  assert.is(endpoint.url, `http://[::1]:${endpoint.port}`);
  assert.is((await fetch(`${endpoint.url}/ping`)).status, 200);
  await endpoint.close();
});

test.run();
