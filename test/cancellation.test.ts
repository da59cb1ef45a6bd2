/** A `signal` stops a call at once, in every phase, and the call rejects with the signal's reason. */
import { getEventListeners } from "node:events";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { CallOptions, Client, ClientOptions } from "../src/index.ts";
import { clientOf, paths, projectName, rejection, withRandom } from "./support/client.ts";
import { modes } from "./support/fault-modes.ts";
import { type Fault, type FaultyServer, faultyServer, sendResponse } from "./support/faulty-server.ts";
import { closeServers } from "./support/open-servers.ts";
import { tick, until } from "./support/wait.ts";

const test = suite("cancellation");
test.after.each(closeServers);

/** A reason may be any value. Without one it is a DOMException. */
const REASONS: Readonly<Record<string, unknown>> = {
  "an Error": new Error("enough"),
  "a string": "enough",
  "an empty string": "",
  zero: 0,
  null: null,
  "an object": { code: 7 },
  nothing: undefined,
};

/** A moment of a call at which the caller aborts it. */
interface Moment {
  readonly fault: Fault;
  readonly options?: ClientOptions;
  /** Whether the moment has come. @default when the server has received the request */
  readonly reached?: (server: FaultyServer) => boolean;
}

let asked = 0;
const MOMENTS: Readonly<Record<string, Moment>> = {
  "waiting for a connection's first byte": {
    fault: modes["silent after accept"],
    reached: ({ connections }) => connections > 0,
  },
  "waiting for a response": { fault: modes["silent after the request"] },
  "waiting for the body": { fault: modes["silent after headers"] },
  "reading the body": { fault: modes["silent in the body"] },
  "pausing before the next attempt": {
    fault: { respond: ({ response }) => sendResponse(response, { status: 503, headers: { "retry-after": "5" } }) },
    options: { logger: { debug: () => {}, warn: () => asked++ } },
    reached: () => asked > 0,
  },
  "waiting for credentials": {
    fault: modes["null token"],
    options: { credentials: () => new Promise(() => asked++) },
    reached: () => asked > 0,
  },
};

/** Aborts a call at a moment of it, and checks how the call ends. */
async function stop(
  { fault, options, reached = ({ requests }) => requests.length > 0 }: Moment,
  reason: unknown,
  call: (client: Client, options: CallOptions) => PromiseLike<unknown>,
): Promise<void> {
  asked = 0;
  const server = await faultyServer(fault);
  const client = clientOf(server, options);
  const controller = new AbortController();
  const { signal } = controller;
  let settled = false;
  const outcome = rejection(call(client, { signal })).finally(() => {
    settled = true;
  });
  await until(() => reached(server));
  // Bytes that the server has sent may still be under way.
  await tick(15);
  assert.is(settled, false);
  const start = performance.now();
  controller.abort(reason);
  const thrown = await outcome;
  const took = performance.now() - start;
  assert.is(thrown, signal.reason);
  if (reason === undefined) assert.is((thrown as DOMException).name, "AbortError");
  else assert.is(thrown, reason);
  assert.ok(took < 1000, `took ${took} ms`);
  assert.is(getEventListeners(signal, "abort").length, 0);
  const sent = server.requests.length;
  await client.close();
  if (options?.fetch === undefined) await server.idle();
  await tick(20);
  assert.is(server.requests.length, sent);
  await server.close();
}

for (const [name, moment] of Object.entries(MOMENTS))
  for (const [path, way] of Object.entries(paths))
    test(`an abort stops a call that is ${name}, over ${path}`, () =>
      withRandom(0, async () => {
        const point = { ...moment, options: { ...moment.options, ...way } };
        await stop(point, new Error("enough"), (client, call) => client.listModelPackagingJobs({ projectName }, call));
        await stop(point, "enough", (client, call) => client.listModelPackagingJobs({ projectName }, call).toArray());
      }));

for (const [name, reason] of Object.entries(REASONS))
  test(`an aborted call rejects with the signal's reason: ${name}`, async () => {
    const iterate = async (client: Client, call: CallOptions) => {
      for await (const _ of client.listModelPackagingJobs({ projectName }, call));
    };
    const awaited = (client: Client, call: CallOptions) => client.listModelPackagingJobs({ projectName }, call);
    const point = { fault: modes["silent after the request"] };
    await stop(point, reason, iterate);
    await stop(point, reason, awaited);
  });

test("an abort stops a call of raw", () =>
  stop({ fault: modes["silent in the body"] }, new Error("enough"), (client, { signal }) =>
    client.raw.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
      params: { path: { projectName } },
      signal: signal ?? null,
    }),
  ));

test("a call sends nothing when its signal is aborted already", async () => {
  const server = await faultyServer(modes["null token"]);
  const signal = AbortSignal.abort("too late");
  const jobs = clientOf(server).listModelPackagingJobs({ projectName }, { signal });
  assert.is(await rejection(jobs), "too late");
  assert.is(await rejection(jobs.toArray()), "too late");
  assert.is(await rejection(jobs.pages().next()), "too late");
  await server.close();
  assert.is(server.requests.length, 0);
});

test("no listener stays on a signal after its calls have succeeded or failed", async () => {
  const { signal } = new AbortController();
  for (const mode of ["null token", "500 then success", "redirect", "empty page with a token"] as const) {
    const server = await faultyServer(modes[mode]);
    const jobs = clientOf(server).listModelPackagingJobs({ projectName }, { signal });
    await jobs.toArray().catch(() => {});
    await jobs.then().catch(() => {});
    await server.close();
    assert.is(getEventListeners(signal, "abort").length, 0, mode);
  }
});

test("a call rejects with the TimeoutError of AbortSignal.timeout()", async () => {
  const server = await faultyServer(modes["silent after the request"]);
  const signal = AbortSignal.timeout(50);
  const error = await rejection(clientOf(server).listModelPackagingJobs({ projectName }, { signal }));
  await server.close();
  assert.is(error, signal.reason);
  assert.instance(error, DOMException);
});

/** Two pages of two jobs. The second page never arrives. */
const endless: Fault = {
  respond: ({ response, token }) =>
    token === undefined &&
    sendResponse(response, { body: { ModelPackagingJobs: [{ JobName: "a" }, { JobName: "b" }], NextToken: "two" } }),
};

for (const prefetch of [true, false])
  for (const way of ["pages", "items"] as const)
    test(`an abort ends the pause between ${way}, with prefetch ${prefetch ? "on" : "off"}`, async () => {
      const server = await faultyServer(endless);
      const controller = new AbortController();
      const jobs = clientOf(server).listModelPackagingJobs({ projectName }, { signal: controller.signal, prefetch });
      const iterator = way === "pages" ? jobs.pages() : jobs[Symbol.asyncIterator]();
      assert.is((await iterator.next()).done, false);
      await until(() => server.requests.length === (prefetch ? 2 : 1));
      controller.abort("enough");
      assert.is(await rejection(iterator.next()), "enough");
      assert.equal(await iterator.next(), { done: true, value: undefined });
      assert.is(server.requests.length, prefetch ? 2 : 1);
      await server.close();
    });

for (const [path, way] of Object.entries(paths))
  for (const [leave, outcome] of Object.entries({ break: "done", throw: "thrown", return: "returned" }))
    test(`a loop left by ${leave} ends the request in flight, over ${path}`, async () => {
      const server = await faultyServer(endless);
      const jobs = clientOf(server, way).listModelPackagingJobs({ projectName });
      const loop = async () => {
        for await (const _ of jobs) {
          await until(() => server.requests.length === 2);
          if (leave === "break") break;
          if (leave === "throw") throw "thrown";
          return "returned";
        }
        return "done";
      };
      assert.is(await loop().catch((error: unknown) => error), outcome);
      // The connection of the request in flight is cut: it is not kept alive.
      await until(() => server.requests[1]?.socket.destroyed === true);
      await server.close();
    });

for (const way of ["pages", "items"] as const)
  test(`return() does not wait for a pending next(), by ${way}`, async () => {
    const server = await faultyServer(modes["silent after the request"]);
    const jobs = clientOf(server).listModelPackagingJobs({ projectName });
    const iterator = way === "pages" ? jobs.pages() : jobs[Symbol.asyncIterator]();
    const steps = [iterator.next(), iterator.next()];
    await until(() => server.requests.length === 1);
    const end = { done: true, value: undefined };
    assert.equal(await iterator.return?.(), end);
    assert.equal(await Promise.all(steps), [end, end]);
    await server.idle();
    await server.close();
    assert.is(server.requests.length, 1);
  });

test("many calls may share one signal", async () => {
  const warnings: string[] = [];
  const warned = ({ message }: Error) => warnings.push(message);
  process.on("warning", warned);
  const server = await faultyServer(modes["silent after the request"]);
  const controller = new AbortController();
  const { signal } = controller;
  const client = clientOf(server);
  const calls = Array.from({ length: 50 }, () =>
    rejection(client.listModelPackagingJobs({ projectName }, { signal }).toArray()),
  );
  await until(() => server.requests.length === 50);
  controller.abort("enough");
  assert.equal(new Set(await Promise.all(calls)), new Set(["enough"]));
  assert.is(getEventListeners(signal, "abort").length, 0);
  await server.idle();
  await server.close();
  process.off("warning", warned);
  assert.equal(warnings, []);
});

test.run();
