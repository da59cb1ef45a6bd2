import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { listingOf } from "./support/endpoint-jobs.ts";
import { type EndpointProcess, startEndpoint } from "./support/endpoint-process.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { KEY } from "./support/endpoint-table.ts";
import { ask, PING, received } from "./support/endpoint-wire.ts";

/** Bytes of filler behind two requests: nothing, and around the buffers of sockets. */
const SIZES = [0, 1, 65_535, 65_536, 65_537, 80_000, 400_000];
const SIZES_IN_PIECES = [0, 1, 80_000];

/** Connections open at one time. */
const BATCH = 60;

/** How a caller leaves once it has sent everything. */
const LEAVINGS = ["ends its half", "resets", "stays a while"] as const;

/** Whole, broken and half requests. */
const requests = (port: number): Readonly<Record<string, string>> => ({
  nothing: "",
  ping: PING,
  signed: signedRequest({ target: listingOf("boards") }, { port, credentials: KEY }),
  unsigned: `GET ${listingOf("boards")} HTTP/1.1\r\nHost: a\r\n\r\n`,
  body: "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345",
  chunks: "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n",
  "half a head": "GET /ping HTTP/1.1\r\nHost: a\r\nX: ",
  "half a body": "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n12345",
  "half a signed body": signedRequest(
    { method: "POST", target: "/x", body: "12345" },
    { port, credentials: KEY },
  ).replace("Content-Length: 5", "Content-Length: 70000"),
  "broken chunks": "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZZZ\r\n",
  "no HTTP": "BREW / HTTP/1.1\r\n\r\n",
  CONNECT: "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
  Expect: "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 70000\r\n\r\n",
  Upgrade: "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
});

interface Sequence {
  readonly name: string;
  readonly bytes: Buffer;
  readonly inPieces: boolean;
  readonly leaving: (typeof LEAVINGS)[number];
}

/** Every first request with every second one, every size behind them, at once and some of them in pieces. */
function sequences(port: number): Sequence[] {
  const all: Sequence[] = [];
  const named = Object.entries(requests(port));
  for (const [first, firstText] of named)
    for (const [second, secondText] of named)
      for (const size of SIZES)
        for (const inPieces of SIZES_IN_PIECES.includes(size) ? [false, true] : [false]) {
          const text = firstText + secondText;
          const leaving = LEAVINGS[all.length % LEAVINGS.length]!;
          const name = `${first}, ${second}, ${size} bytes${inPieces ? ", in pieces" : ""}; ${leaving}`;
          all.push({ name, bytes: Buffer.from(text + "J".repeat(size)), inPieces, leaving });
        }
  return all;
}

/** Sends a sequence, and gives everything that comes back until its connection is closed. */
function send(port: number, { bytes, inPieces, leaving }: Sequence): Promise<string> {
  return received(port, (socket) => {
    const leave = async (): Promise<void> => {
      if (leaving === "ends its half") socket.end();
      if (leaving === "stays a while") await sleep(50);
      if (leaving !== "ends its half") socket.resetAndDestroy();
    };
    socket.on("connect", async () => {
      socket.setNoDelay(true);
      const cuts = inPieces ? [30, 100, bytes.length - 1] : [];
      let start = 0;
      for (const cut of cuts) {
        if (cut <= start) continue;
        socket.write(bytes.subarray(start, cut));
        start = cut;
        await sleep(1);
      }
      socket.write(bytes.subarray(start), leave);
    });
  });
}

const test = suite<{ endpoint: EndpointProcess }>("raw sockets");
test.before(async (context) => {
  context.endpoint = await startEndpoint({ credentials: KEY });
});
test.after(({ endpoint }) => endpoint.close());

test("end, and leave the endpoint responding, whatever follows whatever on them", async ({ endpoint }) => {
  const { port } = endpoint;
  const queue = sequences(port);
  const statuses = new Set<string>();
  await Promise.all(
    Array.from({ length: BATCH }, async () => {
      for (let sequence = queue.pop(); sequence !== undefined; sequence = queue.pop()) {
        const text = await send(port, sequence);
        for (const [, status] of text.matchAll(/HTTP\/1\.1 (\d+) /g)) statuses.add(status!);
        const { status } = await ask(port, PING).catch(({ message }) => ({ status: message }));
        assert.is(status, 200, `after ${sequence.name}: ${status} ${endpoint.errors()}`);
      }
    }),
  );
  assert.is(endpoint.errors(), "");
  assert.equal([...statuses].sort(), ["100", "200", "400", "403", "413"]);
});

test.run();
