/** An import keeps one piece of its source at a time: its memory does not grow with the inventory. */
import { Readable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { importInventory } from "../src/endpoint/inventory/index.ts";
import { openStore } from "../src/endpoint/stores/index.ts";
import { collectGarbage } from "./support/garbage.ts";

const MEGABYTE = 2 ** 20;
const test = suite("memory of an import");

/** Records of 8 kB: every other one is refused, and the rest are the same record. */
function* inventory(megabytes: number, before: string, between: string, after: string): Generator<Buffer> {
  const text = "x".repeat(8000);
  const good = JSON.stringify(
    { JobName: "a", ProjectName: "boards", StatusMessage: text },
    null,
    before === "" ? 0 : 2,
  );
  const bad = good.replace('"a"', '"a b"');
  yield Buffer.from(before);
  for (let at = 0; at < megabytes * 64; at++) yield Buffer.from((at > 0 ? between : "") + good + between + bad);
  yield Buffer.from(after);
}

for (const [shape, before, between, after] of [
  ["one huge page", '{"ModelPackagingJobs": [\n', ",\n", "\n]}"],
  ["a list of records", "[", ",", "]"],
  ["a record a line", "", "\n", "\n"],
] as const) {
  test(`does not grow with ${shape}`, async () => {
    const store = await openStore();
    let peak = 0;
    let calls = 0;
    const run = (megabytes: number) => {
      const stream = Readable.from(inventory(megabytes, before, between, after));
      const onProgress = () => {
        if (++calls % 100 > 0) return;
        // Earlier garbage is not the import's.
        collectGarbage();
        const { heapUsed, external, arrayBuffers } = process.memoryUsage();
        peak = Math.max(peak, heapUsed + external + arrayBuffers);
      };
      return importInventory(store, [{ name: shape, stream }], { keepGoing: true, onProgress });
    };
    await run(8);
    const small = peak;
    peak = 0;
    const report = await run(128);
    assert.is(report.read, 128 * 128);
    assert.is(report.refused, 128 * 64);
    assert.ok(peak < small + 16 * MEGABYTE, `${peak / MEGABYTE} MB for 128 MB, ${small / MEGABYTE} MB for 8 MB`);
    await store.close();
  });
}

test.run();
