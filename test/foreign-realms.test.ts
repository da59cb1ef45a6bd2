/** Errors, signals and dates of another realm, as in tests under jest, vitest and jsdom. */
import vm from "node:vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isServiceError, NetworkError, UnknownServiceError } from "../src/index.ts";
import { clientOf, paths, projectName, rejection, withRandom } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("values of another realm");
test.after(closeServers);

const foreign = (code: string): unknown => vm.runInNewContext(code);

for (const [text, thrown] of Object.entries({
  "an error": "Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })",
  "a cause": "new Error('outer', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })",
  "an AggregateError": "new AggregateError([Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })])",
}))
  test(`${text} is retried, and its code is read`, () =>
    withRandom(0, async () => {
      let calls = 0;
      const fetch = async () => {
        calls++;
        throw foreign(thrown);
      };
      const client = clientOf({ url: "http://127.0.0.1:9" }, { fetch, maxAttempts: 2 });
      const error = await rejection(client.listModelPackagingJobs({ projectName }));
      assert.ok(error instanceof NetworkError && error.code === "ECONNREFUSED" && error.attempts === 2);
      assert.is(calls, 2);
    }));

test("a credentials provider's error is quoted by its message alone", async () => {
  const credentials = async () => {
    throw foreign("new Error('no session')");
  };
  const error = await rejection(
    clientOf({ url: "http://127.0.0.1:9" }, { credentials }).listModelPackagingJobs({ projectName }),
  );
  assert.is((error as Error).message, "The credentials provider failed: no session");
});

/** A signal without Node's internal members, as jsdom's and a polyfill's. */
class Signal {
  aborted = false;
  readonly #listeners = new Set<() => void>();
  addEventListener(_: string, listener: () => void): void {
    this.#listeners.add(listener);
  }
  removeEventListener(_: string, listener: () => void): void {
    this.#listeners.delete(listener);
  }
  get listeners(): number {
    return this.#listeners.size;
  }
  abort(): void {
    this.aborted = true;
    for (const listener of this.#listeners) listener();
  }
}

for (const [name, options] of Object.entries(paths))
  test(`a signal ends a call and keeps no listener of it: ${name}`, async () => {
    const server = await stubServer((_, index) => (index === 0 ? { body: "{}" } : new Promise(() => {})));
    const signal = new Signal();
    const call = () =>
      clientOf(server, options).listModelPackagingJobs({ projectName }, { signal: signal as unknown as AbortSignal });
    assert.equal(await call().toArray(), []);
    assert.is(signal.listeners, 0);
    const failed = rejection(call());
    while (server.requests.length < 2) await new Promise((next) => setImmediate(next));
    signal.abort();
    assert.is(((await failed) as Error).name, "AbortError");
    assert.is(((await rejection(call().toArray())) as Error).name, "AbortError");
  });

test("a listing works when another AbortController replaces the global one", async () => {
  const { AbortController } = globalThis;
  const server = await stubServer(() => ({ body: { ModelPackagingJobs: [{}] } }));
  class Controller {
    readonly signal = new Signal();
    abort(): void {
      this.signal.abort();
    }
  }
  globalThis.AbortController = Controller as never;
  try {
    for (const { fetch } of Object.values(paths)) {
      const client = clientOf(server, fetch && { fetch });
      assert.equal(await client.listModelPackagingJobs({ projectName }).toArray(), [{}]);
    }
  } finally {
    globalThis.AbortController = AbortController;
  }
});

test("isServiceError is true for the errors of another copy of the package", async () => {
  const server = await stubServer(() => ({
    status: 404,
    headers: { "x-amzn-errortype": "ResourceNotFoundException" },
    body: { Message: "Gone", ResourceId: "p", ResourceType: "PROJECT" },
  }));
  const other = (await import(`../src/index.ts?${"copy"}`)) as typeof import("../src/index.ts");
  const error = await rejection(clientOf(server).listModelPackagingJobs({ projectName }));
  assert.ok(isServiceError(error) && other.isServiceError(error));
  assert.not(isServiceError(Object.assign(new Error("of an SDK"), { name: "ResourceNotFoundException" })));
  assert.not(isServiceError(new UnknownServiceError("no name")));
});

test.run();
