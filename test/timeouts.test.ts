/** No call waits for ever: a call has a deadline, and so has each attempt. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ConfigurationError, isServiceError, TimeoutError } from "../src/index.ts";
import { limitsOf } from "../src/sending/options.ts";
import { signedFetch } from "../src/sigv4.ts";
import { clientOf, credentials, paths, projectName, rejection, withEnvironment, withRandom } from "./support/client.ts";
import { modes } from "./support/fault-modes.ts";
import { faultyServer, sendResponse } from "./support/faulty-server.ts";
import { closeServers } from "./support/open-servers.ts";

const test = suite("timeouts");
test.after.each(closeServers);

const SILENT = [
  "silent after accept",
  "silent after the request",
  "silent after headers",
  "silent in the body",
] as const;

const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

/** The error of a call, and the milliseconds until it was thrown. */
async function failureOf(call: () => PromiseLike<unknown>): Promise<{ error: unknown; took: number }> {
  const start = performance.now();
  const error = await rejection(call());
  return { error, took: performance.now() - start };
}

test("timeouts, attempts and sizes have defaults", () =>
  withEnvironment({}, async () => {
    assert.equal(limitsOf({}), { maxAttempts: 3, timeout: 30_000, attemptTimeout: 10_000, maxResponseBytes: 8 << 20 });
  }));

for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5000" as unknown as number])
  test(`a timeout of ${JSON.stringify(value)} (${value}) is refused`, async () => {
    const server = await faultyServer(modes["null token"]);
    for (const name of ["timeout", "attemptTimeout"])
      assert.throws(
        () => clientOf(server, { [name]: value }),
        (error: unknown) =>
          error instanceof ConfigurationError && error.message.startsWith(`${name} must be a number of`),
      );
    const call = clientOf(server).listModelPackagingJobs({ projectName }, { timeout: value });
    assert.instance(await rejection(call), ConfigurationError);
    await server.close();
    assert.is(server.requests.length, 0);
  });

for (const [path, way] of Object.entries(paths)) {
  for (const mode of SILENT)
    test(`a call to a server ${mode} ends at its deadline, over ${path}`, async () => {
      const server = await faultyServer(modes[mode]);
      const before = timers();
      const client = clientOf(server, { timeout: 250, ...way });
      const { error, took } = await failureOf(() => client.listModelPackagingJobs({ projectName }));
      assert.ok(error instanceof TimeoutError);
      assert.match(
        String(error),
        `The call took its 250 ms (timeout), at the end waiting for a response from ${server.url}. Is this the right`,
      );
      assert.is(error.attempts, 1);
      assert.ok(took > 240 && took < 5000, `took ${took} ms`);
      if (path === "node:http") {
        await server.idle();
        assert.is(timers(), before);
      }
      await server.close();
    });

  test(`an attempt that times out is retried, over ${path}`, async () => {
    const server = await faultyServer({
      respond: ({ response, index }) =>
        index > 0 && sendResponse(response, { body: { ModelPackagingJobs: [{ JobName: "a" }] } }),
    });
    const client = clientOf(server, { attemptTimeout: 200, ...way });
    assert.equal(await client.listModelPackagingJobs({ projectName }).toArray(), [{ JobName: "a" }]);
    assert.is(server.requests.length, 2);
    await server.close();
  });

  test(`the deadline of a call includes its attempts and pauses, over ${path}`, async () => {
    const server = await faultyServer(modes["silent after the request"]);
    const client = clientOf(server, { maxAttempts: 1000, timeout: 600, attemptTimeout: 200, ...way });
    const { error, took } = await failureOf(() => client.listModelPackagingJobs({ projectName }));
    assert.ok(error instanceof TimeoutError);
    assert.ok(server.requests.length >= 2 && server.requests.length <= 4, `${server.requests.length} requests`);
    assert.is(error.attempts, server.requests.length);
    assert.ok(took < 5000, `took ${took} ms`);
    await server.close();
  });
}

test("a pause that would outlast the deadline is not begun, and the last error is thrown", async () => {
  const server = await faultyServer({
    respond: ({ response }) =>
      sendResponse(response, {
        status: 500,
        headers: { "x-amzn-errortype": "InternalFailure", "retry-after": "4" },
        body: {},
      }),
  });
  const client = clientOf(server, { timeout: 3000 });
  const { error, took } = await withRandom(0, () => failureOf(() => client.listModelPackagingJobs({ projectName })));
  await server.close();
  assert.ok(isServiceError(error) && error.name === "InternalFailure" && error.retryAfter === 4);
  assert.is(server.requests.length, 1);
  assert.ok(took < 3000, `took ${took} ms`);
});

test("a call may have its own timeout", async () => {
  const server = await faultyServer(modes["silent after the request"]);
  const { error, took } = await failureOf(() =>
    clientOf(server).listModelPackagingJobs({ projectName }, { timeout: 200 }),
  );
  await server.close();
  assert.match(String(error), "The call took its 200 ms (timeout)");
  assert.ok(took < 5000, `took ${took} ms`);
});

test("the timeout bounds each page, and neither the listing nor the caller's pauses", async () => {
  const server = await faultyServer({
    respond: ({ response, index }) =>
      setTimeout(sendResponse, 60, response, {
        body: { ModelPackagingJobs: [], NextToken: index < 11 ? `t${index}` : null },
      }),
  });
  let pages = 0;
  for await (const _ of clientOf(server).listModelPackagingJobs({ projectName }, { timeout: 600 }).pages())
    if (++pages === 6) await new Promise((resolve) => setTimeout(resolve, 700));
  assert.is(pages, 12);
  await server.close();
});

test("a call waits for credentials until its deadline", async () => {
  const server = await faultyServer(modes["null token"]);
  const client = clientOf(server, { timeout: 200, credentials: () => new Promise(() => {}) });
  const { error, took } = await failureOf(() => client.listModelPackagingJobs({ projectName }));
  await server.close();
  assert.instance(error, TimeoutError);
  assert.match(String(error), "The call took its 200 ms (timeout), at the end waiting for credentials.");
  assert.is(server.requests.length, 0);
  assert.ok(took < 5000, `took ${took} ms`);
});

test("a call waits for the body of its request until its deadline", async () => {
  const server = await faultyServer(modes["null token"]);
  const fetch = signedFetch({ service: "execute-api", region: "us-east-1", credentials, timeout: 200 });
  const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from("{")) });
  const request = new Request(server.url, { method: "POST", body, duplex: "half" } as RequestInit);
  const { error } = await failureOf(() => fetch(request));
  await server.close();
  assert.match(String(error), "at the end waiting for the request's body");
  assert.is(server.requests.length, 0);
});

test.run();
