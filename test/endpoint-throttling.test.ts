import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { listingOf } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { KEY, NOW, serveTable } from "./support/endpoint-table.ts";
import { ask } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

const OTHER = { accessKeyId: "AKIDOTHER", secretAccessKey: "other" };

/** An endpoint at a rate, and the time in the test's own hands. */
async function serveAt(rate: number) {
  let now = NOW;
  const endpoint = await serveTable({ rate, credentials: [KEY, OTHER], clock: () => now });
  const send = async (credentials = KEY): Promise<{ status: number; retryAfter: string | undefined; body: string }> => {
    const text = signedRequest({ target: listingOf("boards") }, { port: endpoint.port, credentials, now });
    const { status, headers, body } = await ask(endpoint.port, text);
    return { status, retryAfter: headers.get("retry-after"), body };
  };
  const statuses = async (count: number, credentials = KEY): Promise<number[]> => {
    const all: number[] = [];
    for (let at = 0; at < count; at++) all.push((await send(credentials)).status);
    return all;
  };
  const wait = (ms: number): void => {
    now += ms;
  };
  return { endpoint, send, statuses, wait };
}

const test = suite<{ endpoint: Endpoint }>("throttling");

test.after(closeServers);

test("lets a key spend a second's worth at once, and then the rate", async () => {
  const { endpoint, statuses, wait } = await serveAt(3);
  assert.equal(await statuses(5), [200, 200, 200, 429, 429]);
  wait(333);
  assert.equal(await statuses(1), [429]);
  wait(1);
  assert.equal(await statuses(2), [200, 429]);
  wait(60_000);
  assert.equal(await statuses(4), [200, 200, 200, 429]);
  await endpoint.close();
});

test("lets a first request through at a rate below one a second", async () => {
  const { endpoint, send, statuses, wait } = await serveAt(0.25);
  assert.equal(await statuses(2), [200, 429]);
  assert.is((await send()).retryAfter, "4");
  wait(3000);
  assert.is((await send()).retryAfter, "1");
  wait(1000);
  assert.equal(await statuses(1), [200]);
  await endpoint.close();
});

test("says what was exceeded and when to come again", async () => {
  const { endpoint, send, statuses } = await serveAt(1);
  await statuses(1);
  assert.equal(await send(), {
    status: 429,
    retryAfter: "1",
    body: '{"Message":"Rate exceeded","QuotaCode":"L-LOOKOUTVISION","ServiceCode":"lookoutvision"}',
  });
  await endpoint.close();
});

test("counts each key by itself, and no request with a wrong signature", async () => {
  const { endpoint, statuses } = await serveAt(2);
  assert.equal(await statuses(5, { ...KEY, secretAccessKey: "guessed" }), [403, 403, 403, 403, 403]);
  assert.equal(await statuses(3), [200, 200, 429]);
  assert.equal(await statuses(3, OTHER), [200, 200, 429]);
  await endpoint.close();
});

test("takes nothing away and gives nothing for a clock that is set back", async () => {
  const { endpoint, statuses, wait } = await serveAt(2);
  assert.equal(await statuses(1), [200]);
  wait(-3_600_000);
  assert.equal(await statuses(2), [200, 429]);
  wait(500);
  assert.equal(await statuses(2), [200, 429]);
  await endpoint.close();
});

test("lets nothing through when the clock gives no time, and logs why", async () => {
  let now: number = NOW;
  const errors: string[] = [];
  const logger = { info: () => undefined, error: (line: string) => void errors.push(line) };
  const endpoint = await serveTable({ rate: 2, clock: () => now, logger });
  const status = async (): Promise<number> => {
    const signer = { port: endpoint.port, credentials: KEY, now: NOW };
    return (await ask(endpoint.port, signedRequest({ target: listingOf("boards") }, signer))).status;
  };
  assert.is(await status(), 200);
  for (const broken of [Number.NaN, Number.POSITIVE_INFINITY, 1e300]) {
    now = broken;
    assert.is(await status(), 500);
  }
  now = NOW;
  assert.equal([await status(), await status()], [200, 429]);
  await endpoint.close();
  assert.match(JSON.parse(errors[0]!).cause, /^Error: The clock gives NaN, which is no time\./);
});

test("never counts /ping", async () => {
  const { endpoint, statuses } = await serveAt(1);
  await statuses(2);
  for (let at = 0; at < 5; at++) assert.is((await fetch(`${endpoint.url}/ping`)).status, 200);
  await endpoint.close();
});

test("refuses a rate that lets nothing through", async () => {
  for (const rate of [0, -1, Number.NaN]) {
    const error = await serve({ rate }).catch((reason: Error) => reason);
    assert.is((error as Error).message, `rate is ${rate}: it must be above 0 requests a second.`);
  }
});

test.run();
