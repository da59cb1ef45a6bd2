import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bodyCache } from "../src/endpoint/http/body-cache.ts";
import { type Endpoint, openStore, type Store } from "../src/endpoint/index.ts";
import { listingOf, putJobs } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { ask } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

async function count(endpoint: Endpoint, project = "boards"): Promise<number | undefined> {
  const { body } = await ask(endpoint.port, signedRequest({ target: listingOf(project) }, endpoint));
  return JSON.parse(body).ModelPackagingJobs?.length;
}

/** A store that counts how often it is asked for a page, and has the version that the test gives it. */
function counting(store: Store): { store: Store; pages: () => number; setVersion: (to: unknown) => void } {
  let pages = 0;
  let version: unknown = 1;
  const page: Store["page"] = (...args) => {
    pages++;
    return store.page(...args);
  };
  const counted = Object.assign(Object.create(store) as Store, { page, version: () => version });
  const setVersion = (to: unknown): void => {
    version = to;
  };
  return { store: counted, pages: () => pages, setVersion };
}

const test = suite<{ folder: string }>("a page");

test.after(closeServers);
test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "freshness-"));
});
test.after(({ folder }) => rm(folder, { recursive: true }));

test("holds a record in the very next response after it was written", async () => {
  const store = await openStore();
  const endpoint = await serve({ store });
  assert.is(await count(endpoint), undefined);
  for (let jobs = 1; jobs <= 20; jobs++) {
    await putJobs(store, "boards", 1, jobs);
    assert.is(await count(endpoint), jobs);
    assert.is(await count(endpoint), jobs);
  }
  await endpoint.close();
});

test("holds a record that another process wrote to the same file", async ({ folder }) => {
  const file = join(folder, "jobs.db");
  const [one, other] = [await serve({ store: file }), await serve({ store: file })];
  const writer = await openStore(file);
  for (let jobs = 1; jobs <= 5; jobs++) {
    await putJobs(writer, "boards", 1, jobs);
    assert.equal([await count(one), await count(other)], [jobs, jobs]);
  }
  await writer.close();
  await one.close();
  await other.close();
});

test("is not put together again until the store changes", async () => {
  const inner = await openStore();
  await putJobs(inner, "boards", 3);
  await putJobs(inner, "lenses", 2);
  const { store, pages, setVersion } = counting(inner);
  const endpoint = await serve({ store });
  const counts = [];
  for (const project of ["boards", "boards", "lenses", "boards", "lenses"]) counts.push(await count(endpoint, project));
  assert.equal(counts, [3, 3, 2, 3, 2]);
  assert.is(pages(), 2);
  setVersion(2);
  await count(endpoint);
  await count(endpoint);
  assert.is(pages(), 3);
  await endpoint.close();
});

test("is put together each time when its store has no version", async () => {
  const inner = await openStore();
  await putJobs(inner, "boards", 3);
  const { store, pages } = counting(inner);
  const endpoint = await serve({ store: Object.assign(store, { version: undefined }) });
  await count(endpoint);
  await count(endpoint);
  assert.is(pages(), 2);
  await endpoint.close();
});

test("is kept only as long as there is room", async () => {
  const { store } = counting(await openStore());
  const cached = bodyCache(store, 25);
  const made: string[] = [];
  const get = (key: string): Promise<Buffer> =>
    cached(key, async () => {
      made.push(key);
      return Buffer.from(key.repeat(10));
    });
  for (const key of ["a", "b", "a", "c", "b", "a"]) assert.is((await get(key)).toString(), key.repeat(10));
  assert.equal(made, ["a", "b", "c", "b", "a"]);
  const large = "x".repeat(26);
  assert.is((await cached("large", async () => Buffer.from(large))).toString(), large);
  assert.is((await cached("large", async () => Buffer.from("made again"))).toString(), "made again");
});

test("is not kept when the store changes while it is made", async () => {
  const { store, setVersion } = counting(await openStore());
  const cached = bodyCache(store);
  const slow = cached("a", async () => {
    setVersion(2);
    await setImmediate();
    await cached("b", async () => Buffer.from("other"));
    return Buffer.from("old");
  });
  assert.is((await slow).toString(), "old");
  assert.is((await cached("a", async () => Buffer.from("new"))).toString(), "new");
});

test("is made again after a failure", async () => {
  const { store } = counting(await openStore());
  const cached = bodyCache(store);
  const failure = await cached("a", () => Promise.reject(new Error("no"))).catch((error: Error) => error.message);
  assert.is(failure, "no");
  assert.is((await cached("a", async () => Buffer.from("yes"))).toString(), "yes");
});

test.run();
