/** Retry-After and x-amz-retry-after: when a server asks to be called again. */
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isServiceError, type LogEntry } from "../src/index.ts";
import { retryAfterOf } from "../src/sending/headers.ts";
import { delayOf } from "../src/sending/retry.ts";
import { clientOf, paths, projectName, rejection, withRandom } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("retry-after");
test.after.each(closeServers);

const DATE = "Mon, 23 Nov 2026 21:00:00 GMT";

const HINTS: readonly [what: string, headers: Record<string, string>, milliseconds: number | undefined][] = [
  ["none", {}, undefined],
  ["seconds", { "retry-after": "3" }, 3000],
  ["no wait", { "retry-after": "0" }, 0],
  ["decimals", { "retry-after": "1.5" }, 1500],
  ["a date", { "retry-after": "Mon, 23 Nov 2026 21:00:07 GMT" }, 7000],
  ["a date of the old form", { "retry-after": "Monday, 23-Nov-26 21:00:07 GMT" }, 7000],
  ["a date of C's form", { "retry-after": "Mon Nov 23 21:00:07 2026 GMT" }, 7000],
  ["now as a date", { "retry-after": DATE }, 0],
  ["a date gone by", { "retry-after": "Mon, 23 Nov 2026 20:59:59 GMT" }, undefined],
  ["milliseconds", { "x-amz-retry-after": "250" }, 250],
  ["milliseconds before seconds", { "x-amz-retry-after": "250", "retry-after": "9" }, 250],
  ["unreadable milliseconds, readable seconds", { "x-amz-retry-after": "soon", "retry-after": "9" }, 9000],
  ["negative seconds", { "retry-after": "-5" }, undefined],
  ["negative milliseconds", { "x-amz-retry-after": "-5" }, undefined],
  ["words", { "retry-after": "in a while" }, undefined],
  ["nothing", { "retry-after": "" }, undefined],
  ["hexadecimal", { "retry-after": "0x10" }, undefined],
  ["an exponent", { "retry-after": "1e3" }, undefined],
  ["a year alone", { "retry-after": "2027" }, 2_027_000],
  ["an ISO date", { "retry-after": "2026-11-23T21:00:07Z" }, undefined],
  ["two values", { "retry-after": "1, 2" }, undefined],
];

for (const [what, headers, milliseconds] of HINTS)
  test(`headers with ${what} give the right delay, or none`, () => {
    assert.is(retryAfterOf(new Headers({ ...headers, date: DATE })), milliseconds);
  });

test("a date is read by the server's clock, or else by the local one", () => {
  const headers = new Headers({ "retry-after": "Mon, 23 Nov 2026 21:00:07 GMT" });
  const { now } = Date;
  Date.now = () => Date.parse(DATE) + 2000;
  try {
    assert.is(retryAfterOf(headers), 5000);
    headers.set("date", DATE);
    assert.is(retryAfterOf(headers), 7000);
    headers.set("date", "unreadable");
    assert.is(retryAfterOf(headers), 5000);
  } finally {
    Date.now = now;
  }
});

test("retry-after never shortens the back-off, and adds at most five seconds to it", () => {
  assert.is(delayOf("transient", 0, 1, 20), 50);
  assert.is(delayOf("transient", 0, 1, 2000), 2000);
  assert.is(delayOf("transient", 0, 1, 3_600_000), 5050);
  fc.assert(
    fc.property(
      fc.constantFrom("transient" as const, "throttling" as const),
      fc.nat(40),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, noNaN: true }),
      (kind, retry, random, retryAfter) => {
        const plain = delayOf(kind, retry, random, undefined);
        assert.ok(plain >= 0 && plain <= 20_000);
        assert.is(delayOf(kind, retry, random, retryAfter), Math.max(plain, Math.min(retryAfter, plain + 5000)));
      },
    ),
  );
});

for (const [path, way] of Object.entries(paths))
  test(`a retry waits for retry-after, and the error has it, over ${path}`, async () => {
    const times: number[] = [];
    const server = await stubServer(() => {
      times.push(performance.now());
      return {
        status: 500,
        headers: { "x-amzn-errortype": "InternalServerException", "retry-after": "0.3" },
        body: { Message: "busy" },
      };
    });
    const delays: LogEntry[] = [];
    const logger = { debug: () => {}, warn: (entry: LogEntry) => delays.push(entry) };
    const client = clientOf(server, { maxAttempts: 2, logger, ...way });
    const error = await withRandom(0, () => rejection(client.listModelPackagingJobs({ projectName })));
    await server.close();
    assert.ok(isServiceError(error) && error.retryAfter === 0.3);
    assert.equal(delays[0], { event: "retry", attempt: 1, because: "transient", delay: 300 });
    // Timers run on another clock, and may fire a millisecond early.
    assert.ok(times[1]! - times[0]! >= 298, `${times[1]! - times[0]!} ms between the attempts`);
  });

test.run();
