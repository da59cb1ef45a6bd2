/** The contract of all stores, whatever the engine. */
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Cursor, type Page, rankOf, type Store, type StoredRecord } from "../../src/endpoint/stores/store.ts";
import { microseconds } from "../../src/iso-time.ts";
import { stored } from "./endpoint-jobs.ts";
import { collectGarbage } from "./garbage.ts";
import type { Engine } from "./store-engines.ts";
import { inTime, tick } from "./wait.ts";

/** Runs the contract on an engine, which is made when the suite begins and disposed of when it ends. */
export function storeContract(name: string, start: () => Promise<Engine>): void {
  const test = suite<{ engine: Engine; store: Store }>(`${name} store`);
  test.before(async (context) => {
    context.engine = await start();
  });
  test.after(async ({ engine }) => engine.dispose());
  test.before.each(async (context) => {
    context.store = await context.engine.fresh();
  });
  test.after.each(async ({ store }) => store.close());

  test("has nothing in it at first", async ({ store }) => {
    assert.is(await store.page("boards", { limit: 10 }), undefined);
  });

  test("counts its collections and records", async ({ store }) => {
    assert.equal(await store.count(), { collections: 0, records: 0 });
    await store.write(async (writer) => {
      await writer.put([record("a"), record("b"), record("c", { collection: "cables" })]);
      await writer.putCollection("empty");
    });
    assert.equal(await store.count(), { collections: 3, records: 3 });
  });

  test("lists the newest first, then by name in the order of bytes, and what has no time last", async ({ store }) => {
    const inOrder = [
      record("a", { rank: rankOf(2000) }),
      record("B", { rank: rankOf(1000) }),
      record("a-b", { rank: rankOf(1000) }),
      record("a0", { rank: rankOf(1000) }),
      record("ab", { rank: rankOf(1000) }),
      record("z", { rank: rankOf(0) }),
      record("a", { rank: rankOf(-5) }),
      record("a", { rank: rankOf(null) }),
      record("b", { rank: rankOf(null) }),
    ];
    await store.write((writer) => writer.put(inOrder.toReversed()));
    for (const limit of [1, 2, 4, 8, 9, 100]) assert.equal(await listing(store, "boards", limit), inOrder);
  });

  test("lists two of one name that are a microsecond apart, and goes on between them", async ({ store }) => {
    const at = 1_757_836_800_123_456;
    const inOrder = [2, 1, 0].map((later) => record("a", { rank: rankOf(at + later), updated: at + later }));
    assert.is((await store.write((writer) => writer.put(inOrder.toReversed()))).new, 3);
    for (const limit of [1, 2, 3]) assert.equal(await listing(store, "boards", limit), inOrder);
    const later = record("a", { rank: rankOf(at), updated: at + 1 });
    assert.is((await store.write((writer) => writer.put([later]))).updated, 1);
    assert.is((await store.write((writer) => writer.put([inOrder[2]!]))).unchanged, 1);
    assert.equal(await listing(store, "boards", 3), [inOrder[0], inOrder[1], later]);
  });

  test("counts records that differ from one of their name by less than a millisecond", async ({ store }) => {
    const at = 1_757_836_800_123_456;
    const of = (name: string, created: number | null) => record(name, { rank: rankOf(created) });
    const count = (records: StoredRecord[]) =>
      store.write(async (writer) => {
        await writer.put(records);
        return writer.lookalikes(records);
      });
    assert.is(await count([of("a", at - 456), of("b", at), of("c", null)]), 0);
    assert.is(await count([of("a", at - 456)]), 0);
    // Cut to milliseconds, rounded up to them, and a whole millisecond or another name or collection away.
    assert.is(await count([of("a", at), of("b", at + 544)]), 2);
    const far = [of("b", at + 1544), of("c", at), of("d", at), record("a", { rank: rankOf(at), collection: "cables" })];
    assert.is(await count(far), 0);
    const many = Array.from({ length: 250 }, (_, index) => of(`many-${index}`, at));
    assert.is(await count(many), 0);
    assert.is(await count(many.map(({ name }) => of(name, at + 1))), 250);
  });

  test("takes over a store of version 1, with the microseconds of its records", async ({ engine }) => {
    if (engine.versionOne === undefined) return;
    const made = (name: string, milliseconds: number | null, updated: number | null, members: object) => ({
      collection: 1,
      name,
      rank: -(milliseconds ?? -9e15),
      updated,
      body: JSON.stringify({ JobName: name, ...members }),
    });
    const [created, changed] = ["CreationTimestamp", "LastUpdatedTimestamp"];
    const rows = [
      made("later", 1636049730124, 1636049999500, { [created]: 1636049730.1235, [changed]: 1636049999.499501 }),
      made("a", 1636049730123, 1636049999500, { [created]: 1636049730.123499, [changed]: 1636049999.5 }),
      made("b", 1636049730123, null, {
        StatusMessage: '\0 \ud800 "CreationTimestamp":5, \\',
        [created]: 1636049730.123456,
      }),
      made("other", 1636049730123, 5, { More: { [created]: 7 } }),
      made("old", -750, -1, { [created]: -0.7500001, [changed]: -0.0009996 }),
      made("none", null, null, {}),
    ];
    const store = await engine.versionOne(rows);
    assert.is(store.tokenKey.toString("hex"), "ab".repeat(32));
    const bodies = rows.map(({ body }) => body);
    assert.is(textOf(await store.page("boards", { limit: 9 })), bodies.join());
    const ranks = [1636049730123500, 1636049730123499, 1636049730123456, 1636049730123000, -750000, null].map(rankOf);
    const updated = [1636049999499501, 1636049999500000, null, 5000, -1000, null];
    for (const [at, rank] of ranks.entries()) {
      const { name, body } = rows[at]!;
      const same = { collection: "boards", name, rank, body, updated: updated[at]! };
      assert.is((await store.write((writer) => writer.put([same]))).unchanged, 1, name);
      const later = { ...same, updated: (same.updated ?? 0) + 1 };
      assert.is((await store.write((writer) => writer.put([later]))).updated, 1, name);
    }
    await store.close();
    const again = await engine.again();
    assert.is(textOf(await again.page("boards", { limit: 9 })), bodies.join());
    await again.close();
  });

  test("goes on after a cursor whose record does not exist", async ({ store }) => {
    const records = [
      record("a", { rank: rankOf(3) }),
      record("b", { rank: rankOf(1) }),
      record("c", { rank: rankOf(null) }),
    ];
    await store.write((writer) => writer.put(records));
    const after = async (cursor: Cursor) =>
      (await stored<StoredRecord>(store, "boards", { after: cursor, limit: 9 }))!.map((r) => r.name);
    assert.equal(await after({ rank: rankOf(4), name: "z" }), ["a", "b", "c"]);
    assert.equal(await after({ rank: rankOf(3), name: "" }), ["a", "b", "c"]);
    assert.equal(await after({ rank: rankOf(2), name: "a" }), ["b", "c"]);
    assert.equal(await after({ rank: rankOf(1), name: "b" }), ["c"]);
    assert.equal(await after({ rank: rankOf(null), name: "b" }), ["c"]);
    assert.equal(await after({ rank: rankOf(null), name: "c" }), []);
  });

  test("gives back what it was given, to the byte", async ({ store }) => {
    const lastYear = microseconds(253402300799.99997);
    const records: StoredRecord[] = [
      record("first", { rank: rankOf(8.64e18), updated: 8.64e18 }),
      record("year-9999", { rank: rankOf(lastYear), updated: lastYear }),
      record("precise", { rank: rankOf(1_757_836_800_123_456), updated: 1_757_836_800_123_457 }),
      record("zero", { rank: rankOf(0), updated: 0 }),
      record("text", { rank: rankOf(-1), body: `{"x":"äß 漢字 🚀 ' \\" \\u0000 ${"long ".repeat(20_000)}"}` }),
      record("last", { rank: rankOf(-8.64e18), updated: -8.64e18 }),
    ];
    await store.write((writer) => writer.put(records));
    for (const [at, { rank, name, body }] of records.entries()) {
      const page = await store.page("boards", { after: records[at - 1], limit: 1 });
      assert.is(textOf(page), body);
      assert.equal(cursorOf(page!.last), at + 1 < records.length ? { rank, name } : undefined);
    }
    assert.is(textOf(await store.page("boards", { limit: 9 })), records.map(({ body }) => body).join());
  });

  test("knows a record by collection, name and creation time", async ({ store }) => {
    const records = [
      record("a", { rank: rankOf(2) }),
      record("a", { rank: rankOf(1) }),
      record("a", { rank: rankOf(null) }),
      record("a", { rank: rankOf(1), collection: "cables" }),
    ];
    const counts = await store.write((writer) => writer.put(records));
    assert.equal(counts, { new: 4, updated: 0, unchanged: 0 });
    assert.equal(await listing(store, "boards", 9), records.slice(0, 3));
    assert.equal(await listing(store, "cables", 9), records.slice(3));
  });

  test("lets the later change win, and nothing else", async ({ store }) => {
    const put = (updated: number | null, body: string) =>
      store.write((writer) => writer.put([record("a", { rank: rankOf(1), updated, body })]));
    const bodies = async () => textOf(await store.page("boards", { limit: 9 }));
    assert.equal(await put(null, "1"), { new: 1, updated: 0, unchanged: 0 });
    assert.equal(await put(null, "2"), { new: 0, updated: 0, unchanged: 1 });
    assert.is(await bodies(), "1");
    assert.equal(await put(5, "3"), { new: 0, updated: 1, unchanged: 0 });
    assert.equal(await put(5, "4"), { new: 0, updated: 0, unchanged: 1 });
    assert.equal(await put(4, "5"), { new: 0, updated: 0, unchanged: 1 });
    assert.equal(await put(null, "6"), { new: 0, updated: 0, unchanged: 1 });
    assert.is(await bodies(), "3");
    assert.equal(await put(6, "7"), { new: 0, updated: 1, unchanged: 0 });
    assert.is(await bodies(), "7");
  });

  test("counts each record of one call, also of those that come twice", async ({ store }) => {
    const versions = [3, 2, null, 4, 4, 5].map((updated) => record("a", { rank: rankOf(1), updated }));
    const other = record("b", { rank: rankOf(1) });
    const counts = await store.write((writer) => writer.put([...versions, other]));
    assert.equal(counts, { new: 2, updated: 2, unchanged: 3 });
    assert.equal(await listing(store, "boards", 9), [versions.at(-1), other]);
  });

  test("takes any number of records at once", async ({ store }) => {
    let total = 0;
    for (const count of [0, 1, 9, 10, 11, 99, 100, 101, 1234]) {
      const records = Array.from({ length: count }, (_, at) => record(`${count}-${at}`, { rank: rankOf(at) }));
      const counts = await store.write((writer) => writer.put(records));
      assert.equal(counts, { new: count, updated: 0, unchanged: 0 });
      total += count;
    }
    assert.is((await listing(store, "boards", 100)).length, total);
  });

  test("registers a collection without records", async ({ store }) => {
    await store.write(async (writer) => {
      await writer.putCollection("empty");
      await writer.putCollection("empty");
    });
    await store.write((writer) => writer.putCollection("empty"));
    assert.equal(await stored(store, "empty"), []);
    assert.is(await store.page("Empty", { limit: 9 }), undefined);
    await store.write((writer) => writer.put([record("a", { collection: "empty" })]));
    assert.is((await stored(store, "empty"))?.length, 1);
  });

  test("keeps nothing of a write that fails, and goes on", async ({ store }) => {
    await store.write((writer) => writer.put([record("a", { rank: rankOf(1), updated: 1, body: "1" })]));
    const failure = new Error("in the middle");
    const failed = await store
      .write(async (writer) => {
        await writer.put([record("a", { rank: rankOf(1), updated: 2, body: "2" }), record("b")]);
        await writer.putCollection("cables");
        throw failure;
      })
      .catch((error) => error);
    assert.is(failed, failure);
    assert.equal(await stored(store, "boards"), [1]);
    assert.is(await stored(store, "cables"), undefined);
    await store.write((writer) => writer.put([record("b")]));
    assert.is((await stored(store, "boards"))?.length, 2);
  });

  test("keeps nothing of a write whose error was caught", async ({ store }) => {
    const failed = await store
      .write(async (writer) => {
        await writer.put([record("a")]);
        await writer.put([null as never]).catch(() => undefined);
      })
      .catch((error) => error);
    assert.instance(failed, TypeError);
    assert.is(await stored(store, "boards"), undefined);
  });

  test("gives writers their turns", async ({ store }) => {
    const order: string[] = [];
    const write = (name: string) =>
      store.write(async (writer) => {
        order.push(`${name} begins`);
        await writer.put([record(name)]);
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`${name} ends`);
      });
    await Promise.all(["a", "b", "c"].map(write));
    for (let at = 0; at < 6; at += 2) assert.is(order[at]!.replace("begins", "ends"), order[at + 1]);
    assert.is((await stored(store, "boards"))?.length, 3);
  });

  test("gives up its turn at its signal, and the other writes keep their order", async ({ store }) => {
    const order: string[] = [];
    const controller = new AbortController();
    const reason = new Error("enough");
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const first = store.write(async () => {
      await gate;
      order.push("first");
    });
    const second = store.write(async () => void order.push("second"), controller.signal);
    const third = store.write(async () => void order.push("third"));
    controller.abort(reason);
    const outcome = await inTime(second.catch((error) => error));
    letGo();
    assert.is(outcome, reason);
    await Promise.all([first, third]);
    assert.equal(order, ["first", "third"]);
  });

  test("gives up waiting for a writer elsewhere at its signal", async ({ store, engine }) => {
    if (!engine.keeps || !engine.readsWhileWriting) return;
    const other = await engine.again();
    const controller = new AbortController();
    const reason = new Error("enough");
    await store.write(async (writer) => {
      await writer.put([record("a")]);
      const waiting = other.write((late) => late.put([record("b")]), controller.signal).catch((error) => error);
      // As a rule the write waits by then. It must end in the same way when it does not wait yet.
      await tick(100);
      controller.abort(reason);
      assert.is(await inTime(waiting), reason);
    });
    await other.write((writer) => writer.put([record("c")]));
    await other.close();
    assert.equal(
      (await stored<StoredRecord>(store, "boards"))?.map(({ name }) => name),
      ["a", "c"],
    );
  });

  test("responds to a ping, and no more when its database is closed", async ({ store, engine }) => {
    await store.ping();
    await store.close();
    const outcome = await store.ping().catch((error: Error) => error.name);
    assert.is(outcome, engine.keeps ? "StoreUnavailableError" : undefined);
  });

  test("keeps nothing that a write returns", async ({ store }) => {
    const weak = await (async () => new WeakRef(await store.write(async () => ({ report: 1 }))))();
    await store.write(async () => undefined);
    await collected(weak);
  });

  test("closes when the running write is done", async ({ store, engine }) => {
    const writing = store.write(async (writer) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await writer.put([record("a")]);
    });
    await store.close();
    await writing;
    if (!engine.keeps) return;
    const again = await engine.again();
    assert.is((await stored(again, "boards"))?.length, 1);
    await again.close();
  });

  test("opens as it was closed, with the same token key", async ({ store, engine }) => {
    assert.is(store.tokenKey.length, 32);
    if (!engine.keeps) return;
    await store.write((writer) => writer.put([record("a")]));
    await store.write((writer) => writer.putCollection("empty"));
    await store.close();
    const again = await engine.again();
    assert.equal(again.tokenKey, store.tokenKey);
    assert.equal(await listing(again, "boards", 9), [record("a")]);
    assert.equal(await stored(again, "empty"), []);
    await again.close();
    const other = await engine.fresh();
    assert.not.equal(other.tokenKey, store.tokenKey);
    await other.close();
  });

  test("shows a write when it is whole, and lets others read meanwhile", async ({ store, engine }) => {
    if (!engine.readsWhileWriting) return;
    await store.write((writer) => writer.put([record("a", { rank: rankOf(1) })]));
    const seen = async () => [(await stored(store, "boards"))?.length, (await stored(store, "cables"))?.length];
    await store.write(async (writer) => {
      await writer.put([record("b", { rank: rankOf(2) }), record("c", { collection: "cables" })]);
      assert.equal(await seen(), [1, undefined]);
    });
    assert.equal(await seen(), [2, 1]);
  });

  test("changes its version when pages may read differently, and only then", async ({ store, engine }) => {
    if (store.version === undefined) return;
    const first = store.version();
    await store.page("boards", { limit: 9 });
    await store.write(async (writer) => {
      await writer.put([record("a")]);
      assert.is(store.version?.(), first);
    });
    const second = store.version();
    assert.is.not(second, first);
    await store
      .write(async (writer) => {
        await writer.put([record("b")]);
        throw new Error("in the middle");
      })
      .catch(() => undefined);
    assert.is(store.version(), second);
    if (!engine.keeps) return;
    const other = await engine.again();
    await other.write((writer) => writer.put([record("c")]));
    await other.close();
    assert.is.not(store.version(), second);
  });

  test("holds the latest records after any sequence of writes", async ({ store }) => {
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(fc.array(anyRecord, { maxLength: 8 }), { maxLength: 6 }),
      async (writes) => {
        const prefix = `${run++}-`;
        const model = new Map<string, StoredRecord>();
        for (const records of writes) {
          const expected = { new: 0, updated: 0, unchanged: 0 };
          const own = records.map((r) => within(prefix + r.collection, r));
          for (const r of own) {
            const key = JSON.stringify([r.collection, r.name, r.rank]);
            const present = model.get(key);
            if (present === undefined) expected.new++;
            else if (r.updated === null || (present.updated !== null && r.updated <= present.updated)) {
              expected.unchanged++;
              continue;
            } else expected.updated++;
            model.set(key, r);
          }
          assert.equal(await store.write((writer) => writer.put(own)), expected);
        }
        for (const collection of ["p", "q"].map((name) => prefix + name)) {
          const expected = [...model.values()].filter((r) => r.collection === collection).sort(inPageOrder);
          assert.equal(await listing(store, collection, 3), expected);
          assert.is((await store.page(collection, { limit: 1 })) !== undefined, expected.length > 0);
        }
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  test("lists once what was there throughout, while records come and change", async ({ store }) => {
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(anyRecord, { maxLength: 20 }),
      fc.array(fc.array(anyRecord, { maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      async (before, meanwhile, limit) => {
        const collection = `listing-${run++}`;
        const own = (records: StoredRecord[]) => records.map((r) => within(collection, r));
        await store.write((writer) => writer.put(own(before)));
        const writes = [...meanwhile];
        const listed = await listing(store, collection, limit, async () => {
          const records = writes.shift();
          if (records !== undefined) await store.write((writer) => writer.put(own(records)));
        });
        const keys = listed.map(keyOf);
        assert.is(new Set(keys).size, keys.length, "a record was repeated");
        for (const r of own(before)) assert.ok(keys.includes(keyOf(r)), "a record was lost");
        assert.equal(listed, [...listed].sort(inPageOrder));
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  test.run();
}

/** A record of the collection `boards`, whose body holds its other members. */
export function record(name: string, members: Partial<StoredRecord> = {}): StoredRecord {
  const told = { collection: "boards", name, rank: rankOf(null), updated: null, ...members };
  return { ...told, body: members.body ?? JSON.stringify(told) };
}

/** Resolves when the object has been collected as garbage. */
async function collected(weak: WeakRef<object>): Promise<void> {
  let isHeld = true;
  for (let round = 0; isHeld && round < 50; round++) {
    // A look at the object keeps it until the turn of the event loop ends.
    await tick(1);
    collectGarbage();
    isHeld = weak.deref() !== undefined;
  }
  assert.not.ok(isHeld, "it is still held");
}

/** The same record in another collection. */
function within(collection: string, { body, ...members }: StoredRecord): StoredRecord {
  return record(members.name, { ...members, collection });
}

/** A whole collection of such records, page by page; `between` is awaited after each. */
async function listing(
  store: Store,
  collection: string,
  limit: number,
  between?: () => Promise<void>,
): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  let after: Cursor | undefined;
  do {
    const page = await store.page(collection, { after, limit });
    const found: StoredRecord[] = JSON.parse(`[${textOf(page)}]`);
    records.push(...found.map((told) => record(told.name, told)));
    after = page?.last;
    if (after === undefined) assert.ok(found.length <= limit);
    else {
      assert.is(found.length, limit);
      assert.equal(cursorOf(after), cursorOf(records.at(-1)));
    }
    await between?.();
  } while (after !== undefined);
  return records;
}

function textOf(page: Page | undefined): string {
  return Buffer.from(page?.bodies ?? []).toString();
}

function cursorOf(record: Cursor | undefined): Cursor | undefined {
  return record && { rank: record.rank, name: record.name };
}

const time = fc.option(fc.constantFrom(-1, 0, 1, 2, 1_757_836_800_123_456, 1_757_836_800_123_457), { nil: null });

/** Few names and times, so that keys meet. */
const anyRecord: fc.Arbitrary<StoredRecord> = fc.record({
  collection: fc.constantFrom("p", "q"),
  name: fc.constantFrom("a", "B", "a-b", "a0", "ab", "Z-1"),
  rank: time.map(rankOf),
  updated: time,
  body: fc.constant(""),
});

function keyOf({ name, rank }: StoredRecord): string {
  return `${rank} ${name}`;
}

function inPageOrder(a: StoredRecord, b: StoredRecord): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
