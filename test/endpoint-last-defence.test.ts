import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Dispatcher } from "../src/endpoint/dispatch.ts";
import type { Logger } from "../src/endpoint/http/call-log.ts";
import { LIMITS } from "../src/endpoint/http/limits.ts";
import { startServer } from "../src/endpoint/http/server.ts";
import { ask, exchange, PING } from "./support/endpoint-wire.ts";

const BROKEN = "BREW / HTTP/1.1\r\n\r\n";

/** A server with faults of its own: a response that cannot be written, and a clock that throws on demand. */
async function startFaulty(logger?: Logger) {
  let isClockBroken = false;
  const clock = (): number => {
    if (isClockBroken) throw new Error("The clock stands still.");
    return Date.now();
  };
  const dispatch: Dispatcher = async ({ path }) => ({
    status: 200,
    headers: path === "/bad-header" ? { "X-Bad": "a\nb" } : {},
    body: "{}",
  });
  const server = await startServer(dispatch, { host: "127.0.0.1", port: 0, limits: LIMITS, clock, logger });
  const breakClock = (isBroken: boolean): void => {
    isClockBroken = isBroken;
  };
  return { ...server, breakClock };
}

const test = suite("last line of defence");

test("ends the connection of a handler that throws or rejects, logs what it caught, and goes on", async () => {
  const lines: string[] = [];
  const server = await startFaulty({ info: () => undefined, error: (line) => void lines.push(line) });
  try {
    assert.is(await exchange(server.port, PING.replace("/ping", "/bad-header")), "");
    server.breakClock(true);
    assert.is(await exchange(server.port, PING), "");
    assert.is(await exchange(server.port, BROKEN), "");
    assert.is(await exchange(server.port, BROKEN.replace("BREW /", "CONNECT a:1")), "");
    server.breakClock(false);
    assert.is((await ask(server.port, PING)).status, 200);
  } finally {
    await server.close();
  }
  const caught = lines.map((line) => JSON.parse(line) as { error: string; cause: string });
  assert.equal(
    caught.map(({ error, cause }) => [error, cause.split("\n")[0]]),
    [
      ["connection ended", 'TypeError [ERR_INVALID_CHAR]: Invalid character in header content ["X-Bad"]'],
      ...Array(3).fill(["connection ended", "Error: The clock stands still."]),
    ],
  );
  for (const { cause } of caught) assert.match(cause, /\n +at .*server\.ts/);
});

test("warns the process where there is no logger", async () => {
  const warnings: string[] = [];
  const hear = ({ message }: Error): void => void warnings.push(message);
  process.on("warning", hear);
  const server = await startFaulty();
  try {
    assert.is(await exchange(server.port, PING.replace("/ping", "/bad-header")), "");
    assert.is((await ask(server.port, PING)).status, 200);
  } finally {
    await server.close();
    process.off("warning", hear);
  }
  assert.is(warnings.length, 1);
  assert.match(warnings[0]!, /^The endpoint ended a connection: TypeError \[ERR_INVALID_CHAR\]/);
});

test.run();
