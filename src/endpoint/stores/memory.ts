/** A store that lives and dies with the process: plain sorted arrays. */
import { randomBytes } from "node:crypto";
import type { Cursor, Store, StoredRecord, WriteCounts, Writer } from "../store.ts";
import { Turns } from "./turns.ts";

type Collections = ReadonlyMap<string, readonly StoredRecord[]>;

/** Opens an empty store in memory. */
export function openMemory(): Store {
  // A commit replaces the map, and a merge the array: whoever reads meanwhile keeps what they have.
  let collections: Collections = new Map();
  const turns = new Turns();

  async function transaction<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    const draft = new Draft(collections);
    const result = await work(draft);
    collections = draft.merged();
    return result;
  }

  return {
    tokenKey: randomBytes(32),
    page: async (collection, { after, limit }) => {
      const records = collections.get(collection);
      if (records === undefined) return undefined;
      const start = after === undefined ? 0 : firstAfter(records, after);
      const end = start + limit;
      const bodies = records.slice(start, end).map(({ body }) => body);
      return { bodies: Buffer.from(bodies.join()), last: end < records.length ? records[end - 1] : undefined };
    },
    version: () => collections,
    write: (work) => turns.take(() => transaction(work)),
    close: () => turns.take(async () => undefined),
  };
}

/** What one transaction has changed so far, beside the collections as they were when it began. */
class Draft implements Writer {
  readonly #before: Collections;
  readonly #changes = new Map<string, Map<string, StoredRecord>>();

  constructor(before: Collections) {
    this.#before = before;
  }

  async put(records: readonly StoredRecord[]): Promise<WriteCounts> {
    const counts: WriteCounts = { new: 0, updated: 0, unchanged: 0 };
    for (const record of records) {
      const changes = this.#changesOf(record.collection);
      const key = `${record.created} ${record.name}`;
      const present = changes.get(key) ?? find(this.#before.get(record.collection) ?? [], record);
      const outcome = present === undefined ? "new" : isLater(record, present) ? "updated" : "unchanged";
      counts[outcome]++;
      if (outcome !== "unchanged") changes.set(key, record);
    }
    return counts;
  }

  async putCollection(name: string): Promise<void> {
    this.#changesOf(name);
  }

  merged(): Collections {
    const collections = new Map(this.#before);
    for (const [name, changes] of this.#changes) {
      collections.set(name, merge(this.#before.get(name) ?? [], [...changes.values()].sort(compare)));
    }
    return collections;
  }

  #changesOf(collection: string): Map<string, StoredRecord> {
    const changes = this.#changes.get(collection) ?? new Map<string, StoredRecord>();
    this.#changes.set(collection, changes);
    return changes;
  }
}

/** Two sorted lists as one; where both have a key, `later` has the say. */
function merge(earlier: readonly StoredRecord[], later: readonly StoredRecord[]): StoredRecord[] {
  const merged: StoredRecord[] = [];
  let at = 0;
  for (const record of later) {
    while (at < earlier.length && compare(earlier[at]!, record) < 0) merged.push(earlier[at++]!);
    if (at < earlier.length && compare(earlier[at]!, record) === 0) at++;
    merged.push(record);
  }
  while (at < earlier.length) merged.push(earlier[at++]!);
  return merged;
}

function find(records: readonly StoredRecord[], key: Cursor): StoredRecord | undefined {
  const before = records[firstAfter(records, key) - 1];
  return before !== undefined && compare(before, key) === 0 ? before : undefined;
}

/** The index of the first record after `cursor`, by bisection. */
function firstAfter(records: readonly StoredRecord[], cursor: Cursor): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(records[middle]!, cursor) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isLater(record: StoredRecord, present: StoredRecord): boolean {
  return (record.updated ?? Number.NEGATIVE_INFINITY) > (present.updated ?? Number.NEGATIVE_INFINITY);
}

/** Newest first, then by name; without a creation time last. */
function compare(a: Cursor, b: Cursor): number {
  if (a.created !== b.created) return a.created === null ? 1 : b.created === null ? -1 : b.created - a.created;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
