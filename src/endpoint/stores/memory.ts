/** A store that lives and dies with the process: plain sorted arrays. */
import { randomBytes } from "node:crypto";
import type { Cursor, Store, StoredRecord } from "./store.ts";

/** Opens an empty store in memory. */
export function openMemory(): Store {
  // A commit replaces the map and its arrays: a reader keeps those that it began with.
  let collections: ReadonlyMap<string, readonly StoredRecord[]> = new Map();
  return {
    tokenKey: randomBytes(32),
    async page(collection, { after, limit }) {
      const records = collections.get(collection);
      if (records === undefined) return undefined;
      const start = after === undefined ? 0 : firstAfter(records, after);
      const end = start + limit;
      const bodies = records.slice(start, end).map(({ body }) => body);
      return { bodies: bodies.join(), last: end < records.length ? records[end - 1] : undefined };
    },
    async count() {
      let records = 0;
      for (const { length } of collections.values()) records += length;
      return { collections: collections.size, records };
    },
    version: () => collections,
    ping: async () => undefined,
    async write(work) {
      const drafts = new Map<string, Draft>();
      const draftOf = (collection: string) => {
        const draft = drafts.get(collection) ?? makeDraft(collections.get(collection) ?? []);
        drafts.set(collection, draft);
        return draft;
      };
      const result = await work({
        async put(records) {
          const counts = { new: 0, updated: 0, unchanged: 0 };
          for (const record of records) {
            const { byKey, ranks } = draftOf(record.collection);
            const present = byKey.get(keyOf(record));
            const outcome = present === undefined ? "new" : isLater(record, present) ? "updated" : "unchanged";
            counts[outcome]++;
            if (outcome !== "unchanged") byKey.set(keyOf(record), record);
            if (outcome === "new") addRank(ranks, record);
          }
          return counts;
        },
        async lookalikes(records) {
          const isLookalike = ({ collection, rank, name }: StoredRecord) =>
            draftOf(collection)
              .ranks.get(name)
              ?.some((other) => other !== rank && Math.abs(other - rank) < 1000);
          return records.filter(isLookalike).length;
        },
        async putCollection(name) {
          draftOf(name);
        },
      });
      const sorted = [...drafts].map(([name, { byKey }]) => [name, [...byKey.values()].sort(compare)] as const);
      collections = new Map([...collections, ...sorted]);
      return result;
    },
    close: async () => undefined,
  };
}

/** A copy of a collection that changes. */
interface Draft {
  readonly byKey: Map<string, StoredRecord>;
  /** The ranks of the records of each name. */
  readonly ranks: Map<string, number[]>;
}

function makeDraft(records: readonly StoredRecord[]): Draft {
  const ranks: Draft["ranks"] = new Map();
  for (const record of records) addRank(ranks, record);
  return { byKey: new Map(records.map((record) => [keyOf(record), record])), ranks };
}

function addRank(ranks: Draft["ranks"], { name, rank }: Cursor): void {
  const present = ranks.get(name);
  if (present === undefined) ranks.set(name, [rank]);
  else present.push(rank);
}

function keyOf({ rank, name }: Cursor): string {
  return `${rank} ${name}`;
}

function isLater(record: StoredRecord, present: StoredRecord): boolean {
  return (record.updated ?? Number.NEGATIVE_INFINITY) > (present.updated ?? Number.NEGATIVE_INFINITY);
}

function compare(a: Cursor, b: Cursor): number {
  return a.rank - b.rank || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
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
