/** Sources of an import: encodings, files that grow, pipes that say nothing. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ImportOptions, importInventory } from "../src/endpoint/inventory/index.ts";
import { openStore } from "../src/endpoint/stores/index.ts";
import type { Store } from "../src/endpoint/stores/store.ts";
import { stored } from "./support/endpoint-jobs.ts";
import { inTime } from "./support/wait.ts";

const folder = mkdtempSync(join(tmpdir(), "import-sources-"));
const test = suite<{ store: Store }>("an import");
test.before.each(async (context) => {
  context.store = await openStore();
});
test.after.each(async ({ store }) => store.close());
test.after(() => rmSync(folder, { recursive: true }));

const job = { JobName: "a", ProjectName: "boards", StatusMessage: "\u{1f680} launched" };
const text = JSON.stringify(job);

async function run(store: Store, chunks: readonly (Buffer | string)[], options: ImportOptions = {}) {
  const stream = Readable.from(chunks);
  return importInventory(store, [{ name: "saved.json", stream }], options).catch((error) => error);
}

for (const [what, bytes] of [
  ["half a pair in the middle", Buffer.from(`\ufeff${text.replace("\ude80", "")}`, "utf16le")],
  ["the second half of a pair alone", Buffer.from(`\ufeff${text.replace("\ud83d", "")}`, "utf16le")],
  ["half a pair at the end", Buffer.from(`\ufeff${text}\n"\ud83d`, "utf16le")],
  ["half a character at the end", Buffer.from(`\ufeff${text}\n"x`, "utf16le").subarray(0, -1)],
] as const)
  test(`refuses UTF-16 with ${what}`, async ({ store }) => {
    for (const step of [1, 3, 1000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) =>
        bytes.subarray(at * step, (at + 1) * step),
      );
      const { name, message } = await run(store, chunks, { keepGoing: true });
      assert.is(name, "ImportError");
      assert.is(message, "Cannot read saved.json: it is not in UTF-16. Nothing was imported.");
    }
    assert.is(await stored(store, "boards"), undefined);
  });

test("joins strings that a stream cuts inside a surrogate pair", async ({ store }) => {
  const cut = text.indexOf("\ude80");
  assert.is((await run(store, [text.slice(0, cut), text.slice(cut)])).new, 1);
  assert.equal(await stored(store, "boards"), [job]);
  assert.is((await run(store, text.split(""))).unchanged, 1);
});

test("refuses strings with half a surrogate pair", async ({ store }) => {
  const [first, second] = [text.replace("\ude80", ""), text.replace("\ud83d", "")];
  for (const chunks of [
    [first],
    [second],
    [`${text}\n"\ud83d`],
    [`${text}\n"\ud83d`, "x"],
    ['"\ud83d', Buffer.from("x")],
  ]) {
    const { message } = await run(store, chunks, { keepGoing: true });
    const reason = "it is not in Unicode: half of a surrogate pair stands alone";
    assert.is(message, `Cannot read saved.json: ${reason}. Nothing was imported.`);
  }
});

test("keeps an escape of half a surrogate pair as it came", async ({ store }) => {
  assert.is((await run(store, [text.replace("\u{1f680}", "\\ud83d")])).new, 1);
  assert.equal(await stored(store, "boards"), [{ ...job, StatusMessage: "\ud83d launched" }]);
});

test("reads a file that grows meanwhile up to the size that it had", async ({ store }) => {
  const path = join(folder, "growing.ndjson");
  const lines = (first: number, count: number) =>
    Array.from({ length: count }, (_, at) => `${JSON.stringify({ ...job, JobName: `a${first + at}` })}\n`).join("");
  writeFileSync(path, lines(0, 2000));
  let count = 2000;
  const onProgress = () => {
    // Bounds the test: an import that does not bound itself would go on until then.
    if (count < 50_000) appendFileSync(path, lines(count, 2000));
    count += 2000;
  };
  const report = await importInventory(store, [path], { onProgress });
  assert.ok(count > 2000);
  assert.is(report.read, 2000);
});

test("gives up a pipe that says nothing, with the reason", async ({ store }) => {
  const silent = new PassThrough();
  const spoke = new PassThrough();
  spoke.write(`${text}\n`);
  for (const stream of [silent, spoke]) {
    const importing = importInventory(store, [{ name: "pipe", stream }], { silence: 20 }).catch((error) => error);
    const { name, message } = await inTime(importing);
    assert.is(name, "ImportError");
    assert.is(message, "Cannot read pipe: it gave nothing for 0.02 seconds. Nothing was imported.");
    assert.ok(stream.destroyed);
  }
  assert.is(await stored(store, "boards"), undefined);
});

test("lets other writers go on while a pipe says nothing", async ({ store }) => {
  const silent = new PassThrough();
  const controller = new AbortController();
  const { signal } = controller;
  const importing = importInventory(store, [{ name: "pipe", stream: silent }], { signal }).catch((error) => error);
  await inTime(store.write((writer) => writer.putCollection("boards")));
  const reason = new Error("enough");
  controller.abort(reason);
  assert.is(await inTime(importing), reason);
  assert.ok(silent.destroyed);
});

test("names an empty source in its report", async ({ store }) => {
  const path = join(folder, "empty.json");
  writeFileSync(path, "");
  const sources = [
    path,
    { name: "blank", stream: Readable.from([" \n\r\n"]) },
    { name: "none", stream: Readable.from([]) },
  ];
  const page = { name: "page", stream: Readable.from(['{"ModelPackagingJobs":[]}']) };
  const report = await importInventory(store, [...sources, page]);
  assert.equal(report.empty, [path, "blank", "none"]);
  assert.is(report.read, 0);
});

test.run();
