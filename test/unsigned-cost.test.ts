import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { listingOf } from "./support/endpoint-jobs.ts";
import { type EndpointProcess, startEndpoint } from "./support/endpoint-process.ts";
import { basicDate } from "./support/endpoint-signed.ts";
import { KEY } from "./support/endpoint-table.ts";
import { ask } from "./support/endpoint-wire.ts";

/** Bytes of a head: just under the limit. */
const HEAD = 16_000;

/** Requests sent at once, each on a connection of its own. */
const AT_ONCE = 8;

const RUNS = 8;

const REFUSALS = ["InvalidSignatureException", "IncompleteSignatureException", "RequestEntityTooLargeException"];

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** A request that names a known key, without a right signature. */
function forged({ signedHeaders = "host;x-amz-date", headers = "", path = "/x", query = "", body = 0 }): string {
  const date = basicDate(Date.now());
  const credential = `${KEY.accessKeyId}/${date.slice(0, 8)}/us-east-1/lookoutvision/aws4_request`;
  const parameters = `Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${"0".repeat(64)}`;
  const length = body > 0 ? `Content-Length: ${body}\r\n` : "";
  const head = `Host: a\r\nX-Amz-Date: ${date}\r\n${length}${headers}Authorization: AWS4-HMAC-SHA256 ${parameters}\r\n`;
  return `GET ${path}${query && `?${query}`} HTTP/1.1\r\n${head}\r\n${"x".repeat(body)}`;
}

/** As many repetitions as make up the given bytes. */
const fill = (text: string, bytes: number): string => text.repeat(bytes / text.length);

const names = Array.from({ length: 1100 }, (_, at) => at.toString(36).padStart(3, "0"));

/** Costly requests without a right signature. */
const costly: Readonly<Record<string, string>> = {
  "a signed header named thousands of times": forged({
    signedHeaders: `host;x-amz-date${fill(";a", 7800)}`,
    headers: `a: b${" ".repeat(7000)}b\r\n`,
  }),
  "a thousand signed headers": forged({
    signedHeaders: ["host", "x-amz-date", ...names].sort().join(";"),
    headers: names.map((name) => `${name}: b\r\n`).join(""),
  }),
  "a signed header of blanks": forged({
    signedHeaders: "a;host;x-amz-date",
    headers: `a:${fill("  b", HEAD - 500)}\r\n`,
  }),
  "a header thousands of times": forged({ headers: fill("a:\r\n", HEAD - 500) }),
  "a query of many parameters": forged({ query: fill("b&a&", HEAD - 500) }),
  "a query of characters to encode": forged({ query: fill("(", HEAD - 500) }),
  "a query of bytes that are no UTF-8": forged({ query: fill("%ff&", 360) + fill("%80", HEAD - 900) }),
  "a query of broken escapes": forged({ query: fill("%zz&", HEAD - 500) }),
  "a path of many segments": forged({ path: fill("/(", HEAD - 500) }),
  "a path of characters to encode": forged({ path: `/${fill("(", HEAD - 500)}` }),
  "a path of dots": forged({ path: fill("/..", HEAD - 500) }),
  "an Authorization of many parameters": forged({ signedHeaders: fill("host,a", HEAD - 500) }),
  "a credential of many parts": forged({}).replace("Credential=", `Credential=${fill("/", HEAD - 500)}`),
  "a long date": forged({}).replace(/X-Amz-Date: .*\r\n/, `Date: ${fill("(1 ", HEAD - 500)}\r\n`),
};

/** Sends a text over several connections at once, and resolves when all have a response. */
async function sendAtOnce(port: number, text: string): Promise<void> {
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => socket.write(text));
      socket.on("error", reject);
      socket.once("data", () => {
        socket.destroy();
        resolve();
      });
    });
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Microseconds of the endpoint's processor for a text: the least of several runs, since some collect garbage. */
async function costOf({ port, usage }: EndpointProcess, text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const before = (await usage()).cpu;
    await sendAtOnce(port, text);
    const after = (await usage()).cpu;
    least = Math.min(least, after.user + after.system - before.user - before.system);
  }
  return least / AT_ONCE;
}

/** The usage once the endpoint has read all that was sent: its processor rests. */
async function settled({ usage }: EndpointProcess): Promise<Awaited<ReturnType<EndpointProcess["usage"]>>> {
  const busy = ({ cpu }: Awaited<ReturnType<typeof usage>>): number => cpu.user + cpu.system;
  let last = await usage();
  for (;;) {
    await sleep(200);
    const now = await usage();
    if (busy(now) - busy(last) < 10_000) return now;
    last = now;
  }
}

/** Bytes in use. The resident size would also count pages that the allocator has not given back. */
function heldIn({ heapUsed, external }: NodeJS.MemoryUsage): number {
  return heapUsed + external;
}

const test = suite<{ endpoint: EndpointProcess }>("a request without a signature");
test.before(async (context) => {
  context.endpoint = await startEndpoint({ credentials: KEY });
});
test.after(({ endpoint }) => endpoint.close());

test("costs at most five times as much as a plain refusal", async ({ endpoint }) => {
  const plain = `GET ${listingOf("boards")} HTTP/1.1\r\nHost: a\r\n\r\n`;
  for (const [name, text] of Object.entries(costly)) {
    const { headers } = await ask(endpoint.port, text);
    assert.ok(REFUSALS.includes(headers.get("x-amzn-errortype") ?? ""), name);
  }
  await costOf(endpoint, plain);
  const base = await costOf(endpoint, plain);
  for (const [name, text] of Object.entries(costly)) {
    // Work beside the test can only add to a cost: a text is costly when it is so each time.
    let cost = await costOf(endpoint, text);
    for (let again = 0; again < 4 && cost >= 5 * base; again++) cost = Math.min(cost, await costOf(endpoint, text));
    console.log(`${(cost / base).toFixed(1)} times a plain refusal: ${name}`);
    assert.ok(cost < 5 * base, `${name}: ${cost} µs, and ${base} µs for a plain refusal`);
  }
});

test("has no body kept: 150 connections with 1 MB each add less than 50 MB", async ({ endpoint }) => {
  const body = "x".repeat(1_000_000);
  const texts = [`POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`];
  // Half a body behind the head of a known key, too.
  texts.push(forged({ body: body.length + 1 }).slice(0, -1));
  for (const text of texts) {
    const before = heldIn(await endpoint.held());
    const sockets = await Promise.all(Array.from({ length: 150 }, () => opened(endpoint.port)));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.resume().write(text, resolve))));
    await settled(endpoint);
    let grown = heldIn(await endpoint.held()) - before;
    for (let again = 0; again < 4 && grown >= 50e6; again++) {
      await settled(endpoint);
      grown = Math.min(grown, heldIn(await endpoint.held()) - before);
    }
    for (const socket of sockets) socket.destroy();
    console.log(`${grown} bytes more`);
    assert.ok(grown < 50e6, `${grown} bytes`);
  }
});

test.run();
