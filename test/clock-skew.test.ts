/** A wrong local clock is corrected by the service's `Date` header. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStore, serve } from "../src/endpoint/index.ts";
import { isServiceError, type LogEntry } from "../src/index.ts";
import { Clock } from "../src/sending/clock.ts";
import { causeOf } from "../src/sending/retry.ts";
import { clientOf, credentials, paths, projectName, rejection } from "./support/client.ts";
import { putJobs } from "./support/endpoint-jobs.ts";
import { closeServers, opened } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const clock = suite("the clock that dates requests");

/** A clock whose local time the test sets, and the headers of a service whose time is `ahead` of it. */
function setting(start = Date.UTC(2026, 10, 23, 21)) {
  const machine = { time: start };
  const ours = new Clock(() => machine.time);
  const says = (ahead: number, more = {}) =>
    new Headers({ date: new Date(machine.time + ahead).toUTCString(), ...more });
  return { machine, ours, says };
}

for (const code of [
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "AuthFailure",
  "AccessDeniedException",
])
  clock(`a wrong clock is the cause of ${code}`, () => {
    assert.is(causeOf(code), "clock");
  });

clock("a wrong clock is not the cause of another error", () => {
  for (const code of [undefined, "", "ThrottlingException", "ExpiredTokenException", "constructor"])
    assert.is.not(causeOf(code), "clock");
});

clock("the clock is corrected by the service's Date", () => {
  const { machine, ours, says } = setting();
  const stamp = ours.stamp();
  assert.is(stamp.dated, machine.time);
  assert.is(ours.correct(says(HOUR), stamp), true);
  assert.is(ours.stamp().dated, machine.time + HOUR);
  assert.is(ours.stamp().sent, machine.time);
});

clock("a difference of up to four minutes, ahead or behind, is not corrected", () => {
  const { machine, ours, says } = setting();
  for (const ahead of [0, 4 * MINUTE, -4 * MINUTE]) assert.is(ours.correct(says(ahead), ours.stamp()), false);
  assert.is(ours.stamp().dated, machine.time);
  assert.is(ours.correct(says(4 * MINUTE + 1000), ours.stamp()), true);
  const other = setting();
  assert.is(other.ours.correct(other.says(-4 * MINUTE - 1000), other.ours.stamp()), true);
});

clock("a response without a readable Date, from a cache or after more than 900 s corrects nothing", () => {
  const { machine, ours, says } = setting();
  const stamp = ours.stamp();
  assert.is(ours.correct(new Headers(), stamp), false);
  assert.is(ours.correct(new Headers({ date: "soon" }), stamp), false);
  assert.is(ours.correct(says(HOUR, { age: "0" }), stamp), false);
  machine.time += 900_000;
  assert.is(ours.correct(says(HOUR), stamp), true);
  const slow = setting();
  const early = slow.ours.stamp();
  slow.machine.time += 900_001;
  assert.is(slow.ours.correct(slow.says(HOUR), early), false);
});

clock("a request dated before another call's correction may be retried, and one dated after it may not", () => {
  const { ours, says } = setting();
  const [early, alsoEarly] = [ours.stamp(), ours.stamp()];
  assert.is(ours.correct(says(HOUR), early), true);
  assert.is(ours.correct(says(HOUR), alsoEarly), true);
  assert.is(ours.correct(says(HOUR), ours.stamp()), false);
});

clock("a corrected clock can be corrected again, and back", () => {
  const { machine, ours, says } = setting();
  ours.correct(says(HOUR), ours.stamp());
  assert.is(ours.correct(says(0), ours.stamp()), true);
  assert.is(ours.stamp().dated, machine.time);
});

clock.run();

const test = suite("a clock that is wrong");
test.after.each(closeServers);

for (const [path, way] of Object.entries(paths))
  for (const [side, difference] of Object.entries({ ahead: -HOUR, behind: HOUR }))
    test(`an hour ${side}: calls under way send one more request each, later calls none, over ${path}`, async () => {
      // The endpoint checks every signature and date, as AWS did.
      const store = await openStore();
      await putJobs(store, projectName, 3);
      const endpoint = opened(await serve({ store, credentials, clock: () => Date.now() + difference }));
      let attempts = 0;
      const corrections: LogEntry[] = [];
      const logger = {
        debug: () => {
          attempts++;
        },
        warn: (entry: LogEntry) => corrections.push(entry),
      };
      const client = clientOf(endpoint, { logger, ...way });
      const list = () => client.listModelPackagingJobs({ projectName }).toArray();

      const lists = await Promise.all(Array.from({ length: 20 }, list));
      for (const jobs of lists) assert.is(jobs.length, 3);
      assert.ok(corrections.length >= 1 && corrections.length <= 20, `${corrections.length} corrections`);
      for (const entry of corrections) assert.equal(entry, { event: "retry", attempt: 1, because: "clock", delay: 0 });
      assert.is(attempts, 20 + corrections.length);

      assert.is((await list()).length, 3);
      assert.is(attempts, 20 + corrections.length + 1);
      await client.close();
      await endpoint.close();
      await store.close();
    });

test("the clock is corrected once for each call: after that the service's error is thrown", async () => {
  let hour = 0;
  const server = await stubServer(() => ({
    status: 403,
    // Each response has another time.
    headers: {
      "x-amzn-errortype": "InvalidSignatureException",
      date: new Date(Date.now() + ++hour * HOUR).toUTCString(),
    },
    body: { message: "The request signature we calculated does not match the signature you provided." },
  }));
  const error = await rejection(clientOf(server, { maxAttempts: 5 }).listModelPackagingJobs({ projectName }));
  await server.close();
  assert.ok(isServiceError(error) && error.name === "InvalidSignatureException" && error.attempts === 2);
  assert.is(server.requests.length, 2);
});

test("a correction does not exceed maxAttempts", async () => {
  const server = await stubServer(() => ({
    status: 403,
    headers: { "x-amzn-errortype": "RequestExpired", date: new Date(Date.now() + HOUR).toUTCString() },
    body: {},
  }));
  await rejection(clientOf(server, { maxAttempts: 1 }).listModelPackagingJobs({ projectName }));
  await server.close();
  assert.is(server.requests.length, 1);
});

test.run();
