import { createCipheriv, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import Database from "libsql";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openPageToken, sealPageToken } from "../src/endpoint/handlers/page-token.ts";
import { type Endpoint, openStore, type Store } from "../src/endpoint/index.ts";
import { rankOf } from "../src/endpoint/stores/store.ts";
import { listingOf, putJobs } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { ask } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

interface Page {
  readonly status: number;
  readonly names: readonly string[];
  readonly token: string | undefined;
  readonly message: string | undefined;
}

/** Asks an endpoint for a page. */
async function page(endpoint: Endpoint, project: string, maxResults: number, token?: string): Promise<Page> {
  const query = token === undefined ? "" : `&nextToken=${encodeURIComponent(token)}`;
  const target = `${listingOf(project)}?maxResults=${maxResults}${query}`;
  const { status, body } = await ask(endpoint.port, signedRequest({ target }, endpoint));
  const { ModelPackagingJobs = [], NextToken, Message } = JSON.parse(body);
  return {
    status,
    names: ModelPackagingJobs.map((job: { JobName: string }) => job.JobName),
    token: NextToken,
    message: Message,
  };
}

/** Takes every page; `between` runs after each but the last. */
async function listing(
  endpoint: Endpoint,
  project: string,
  maxResults: number,
  between = async (_pages: number) => {},
): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined;
  for (let pages = 1; pages < 1000; pages++) {
    const next = await page(endpoint, project, maxResults, token);
    assert.is(next.status, 200, next.message);
    names.push(...next.names);
    token = next.token;
    if (token === undefined) return names;
    await between(pages);
  }
  throw new Error("The listing does not end.");
}

const refusal = (token: string): string =>
  `1 validation error detected: Value '${token}' at 'nextToken' failed to satisfy constraint: ` +
  "Member must be a token that a previous page of this listing gave out";

/** Seals any content in the way of a page token. */
function seal(key: Buffer, listing: string, content: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(`2 ${listing}`));
  const text = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64");
}

const test = suite<{ store: Store; endpoint: Endpoint; folder: string }>("page tokens");

test.after(closeServers);
test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "page-tokens-"));
  context.store = await openStore();
  await putJobs(context.store, "boards", 25);
  await putJobs(context.store, "lenses", 25);
  context.endpoint = await serve({ store: context.store });
});
test.after(async ({ endpoint, store, folder }) => {
  await endpoint.close();
  await store.close();
  await rm(folder, { recursive: true });
});

const newestFirst = (count: number): string[] => Array.from({ length: count }, (_, at) => `job-${count - 1 - at}`);

test("lead through a listing once, newest first, whatever the page size", async ({ endpoint }) => {
  for (const size of [1, 7, 24, 25, 26, 100]) {
    assert.equal(await listing(endpoint, "boards", size), newestFirst(25), `${size} a page`);
  }
});

test("are not given when nothing is left", async ({ endpoint }) => {
  assert.type((await page(endpoint, "boards", 24)).token, "string");
  assert.is((await page(endpoint, "boards", 25)).token, undefined);
});

test("fit the contract's pattern and length, and do not show what is in them", async ({ endpoint }) => {
  const { token } = await page(endpoint, "boards", 3);
  assert.match(token!, /^[a-zA-Z0-9/+=]{1,2048}$/);
  assert.not.match(Buffer.from(token!, "base64").toString("latin1"), /job|175/);
});

test("that are empty mean the first page", async ({ endpoint }) => {
  assert.equal((await page(endpoint, "boards", 2, "")).names, ["job-24", "job-23"]);
});

test("hold for another page size", async ({ endpoint }) => {
  const { token } = await page(endpoint, "boards", 2);
  assert.equal((await page(endpoint, "boards", 3, token)).names, ["job-22", "job-21", "job-20"]);
});

test("of another project are refused", async ({ endpoint }) => {
  const { token } = await page(endpoint, "lenses", 2);
  const { status, message } = await page(endpoint, "boards", 2, token);
  assert.equal([status, message], [400, refusal(token!)]);
});

test("of another store are refused", async ({ endpoint }) => {
  const store = await openStore();
  await putJobs(store, "boards", 25);
  const other = await serve({ store });
  const { token } = await page(other, "boards", 2);
  const { status, message } = await page(endpoint, "boards", 2, token);
  assert.equal([status, message], [400, refusal(token!)]);
  await other.close();
});

test("with any character changed, taken away or added are refused", async ({ endpoint }) => {
  const { token = "" } = await page(endpoint, "boards", 2);
  const characters = [..."ABCxyz0189+/="];
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length), fc.nat(2), fc.constantFrom(...characters), async (at, cut, to) => {
      const forged = token.slice(0, at) + (cut === 2 ? "" : to) + token.slice(at + (cut === 0 ? 0 : 1));
      fc.pre(forged !== token && forged !== "");
      assert.is((await page(endpoint, "boards", 2, forged)).message, refusal(forged));
    }),
    { numRuns: 300 },
  );
});

test("that are cut short anywhere are refused", async ({ endpoint }) => {
  const { token = "" } = await page(endpoint, "boards", 2);
  for (let length = 1; length < token.length; length++) {
    assert.is((await page(endpoint, "boards", 2, token.slice(0, length))).status, 400, `${length} characters`);
  }
});

test("open for nothing but what they were sealed for", () => {
  const key = Buffer.alloc(32, 1);
  const cursor = fc.record({ rank: fc.integer(), name: fc.string() }, { noNullPrototype: true });
  fc.assert(
    fc.property(cursor, fc.string(), fc.string(), (at, listing, other) => {
      const token = sealPageToken(key, listing, at);
      assert.equal(openPageToken(key, listing, token), at);
      if (other !== listing) assert.is(openPageToken(key, other, token), undefined);
      assert.is(openPageToken(Buffer.alloc(32, 2), listing, token), undefined);
    }),
  );
});

test("of version 1, whose times were milliseconds, are refused: they would end a listing early", () => {
  // Sealed by the first release's code for job-0 of 1757000000 s.
  const token = "23bgKSpVGCe5ihsOIBy+DllDbV+VnpeN3yLB8w6+AF3QNdcmjwU2h+aFP69VrdHosujMDg==";
  assert.is(openPageToken(Buffer.alloc(32, 1), "ListModelPackagingJobs boards", token), undefined);
});

test("that are well sealed around another content are refused", async ({ endpoint, store }) => {
  const listing = "ListModelPackagingJobs boards";
  const contents = ["", "no JSON", "null", "{}", "[]", "[1]", '["1","a"]', "[1,2]", '[1.5,"a"]', '[1e300,"a"]'];
  contents.push('[1,"a",2]', '[1,"a\\u0000"]', '{"0":1,"1":"a"}');
  for (const content of contents) {
    const token = seal(store.tokenKey, listing, content);
    const { status, message } = await page(endpoint, "boards", 10, token);
    assert.equal([status, message], [400, refusal(token)], content);
  }
  assert.is((await page(endpoint, "boards", 10, seal(store.tokenKey, listing, '[1,"a"]'))).status, 200);
});

test("go on after a restart, and on every instance that shares the store", async ({ folder }) => {
  const file = join(folder, "jobs.db");
  const setUp = await openStore(file);
  await putJobs(setUp, "boards", 25);
  await setUp.close();

  const first = await serve({ store: file });
  const start = await page(first, "boards", 5);
  await first.close();

  const instances = [await serve({ store: file }), await serve({ store: file })];
  const names = [...start.names];
  let { token } = start;
  for (let at = 0; token !== undefined; at++) {
    const next = await page(instances[at % 2]!, "boards", 5, token);
    names.push(...next.names);
    token = next.token;
  }
  assert.equal(names, newestFirst(25));
  for (const instance of instances) await instance.close();
});

test("are refused once the key is changed as SECURITY.md says", async ({ folder }) => {
  const path = join(folder, "rotated.db");
  const before = await openStore(path);
  await putJobs(before, "boards", 3);
  const key = before.tokenKey;
  const token = sealPageToken(key, "ListModelPackagingJobs boards", { rank: 1, name: "a" });
  await before.close();
  const security = await readFile(new URL("../SECURITY.md", import.meta.url), "utf8");
  const database = new Database(path);
  database.exec(/SQLite: `(UPDATE [^`]+)`/.exec(security)![1]!);
  database.close();
  const store = await openStore(path);
  assert.is(store.tokenKey.length, key.length);
  assert.not.equal(store.tokenKey, key);
  assert.is(openPageToken(store.tokenKey, "ListModelPackagingJobs boards", token), undefined);
  await store.close();
});

test("lead past jobs that come and change meanwhile, without repeating or losing one that was there", async () => {
  const store = await openStore();
  await putJobs(store, "boards", 30, 100);
  const endpoint = await serve({ store });
  const names = await listing(endpoint, "boards", 4, async (pages) => {
    // Newer ones, older ones, and a change of one that is still to come.
    await putJobs(store, "boards", 1, 200 + pages);
    await putJobs(store, "boards", 1, 50 - pages);
    await store.write(async (writer) => {
      const created = (1_757_000_000 + 100) * 1e6;
      const body = JSON.stringify({ JobName: "job-100", ProjectName: "boards", Status: "FAILED" });
      await writer.put([
        { collection: "boards", name: "job-100", rank: rankOf(created), updated: created + pages, body },
      ]);
    });
  });
  const there = Array.from({ length: 30 }, (_, at) => `job-${129 - at}`);
  assert.equal(
    names.filter((name) => there.includes(name)),
    there,
  );
  assert.is(new Set(names).size, names.length);
  await endpoint.close();
});

test("lead past jobs of one time, and through those without a time at the end", async () => {
  const store = await openStore();
  const names = ["a", "b", "c", "d", "e"];
  await store.write(async (writer) => {
    const record = (name: string, created: number | null) => ({
      collection: "p",
      name,
      rank: rankOf(created),
      updated: null,
      body: JSON.stringify({ JobName: name }),
    });
    await writer.put([...names.map((name) => record(name, 1000)), ...names.map((name) => record(`no-${name}`, null))]);
  });
  const endpoint = await serve({ store });
  assert.equal(await listing(endpoint, "p", 2), [...names, ...names.map((name) => `no-${name}`)]);
  await endpoint.close();
});

test.run();
