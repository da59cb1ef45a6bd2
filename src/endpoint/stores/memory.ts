/** A store that lives and dies with the process: plain sorted arrays. */
import { randomBytes } from "node:crypto";
import type { Cursor, Store, StoredRecord, Writer } from "../store.ts";
import { inTurns } from "./turns.ts";

type Collections = ReadonlyMap<string, readonly StoredRecord[]>;

/** Opens an empty store in memory. */
export function openMemory(): Store {
  // A commit replaces the map and its arrays: whoever reads meanwhile keeps what they have.
  let collections: Collections = new Map();
  return inTurns({
    tokenKey: randomBytes(32),
    async page(collection, { after, limit }) {
      const records = collections.get(collection);
      if (records === undefined) return undefined;
      const start = after === undefined ? 0 : firstAfter(records, after);
      const end = start + limit;
      const bodies = records.slice(start, end).map(({ body }) => body);
      return { bodies: Buffer.from(bodies.join()), last: end < records.length ? records[end - 1] : undefined };
    },
    version: () => collections,
    async write(work) {
      const drafts = new Map<string, Map<string, StoredRecord>>();
      const result = await work(writerOn(collections, drafts));
      const sorted = [...drafts].map(([name, draft]) => [name, [...draft.values()].sort(compare)] as const);
      collections = new Map([...collections, ...sorted]);
      return result;
    },
    close: async () => undefined,
  });
}

/** Writes into drafts: copies of the collections that change, each a map of its records by their keys. */
function writerOn(collections: Collections, drafts: Map<string, Map<string, StoredRecord>>): Writer {
  const keyOf = ({ created, name }: Cursor) => `${created} ${name}`;

  function draftOf(collection: string): Map<string, StoredRecord> {
    let draft = drafts.get(collection);
    if (draft === undefined) {
      draft = new Map(collections.get(collection)?.map((record) => [keyOf(record), record]));
      drafts.set(collection, draft);
    }
    return draft;
  }

  return {
    async put(records) {
      const counts = { new: 0, updated: 0, unchanged: 0 };
      for (const record of records) {
        const draft = draftOf(record.collection);
        const key = keyOf(record);
        const present = draft.get(key);
        const outcome = present === undefined ? "new" : isLater(record, present) ? "updated" : "unchanged";
        counts[outcome]++;
        if (outcome !== "unchanged") draft.set(key, record);
      }
      return counts;
    },
    async putCollection(name) {
      draftOf(name);
    },
  };
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
