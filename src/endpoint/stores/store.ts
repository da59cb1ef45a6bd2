/** The store of an endpoint, as its other parts see it. One file in this folder implements it for each engine. */

/** A record and the columns that it is found and ordered by. */
export interface StoredRecord {
  /** The collection that it is listed under. */
  readonly collection: string;
  /** Its creation time as {@link rankOf} gives it, which orders a collection. */
  readonly rank: number;
  /** Its name, which orders those of one rank. Collection, rank and name together are the record's key. */
  readonly name: string;
  /** Last change in whole microseconds since 1970, or null: of two records with one key the later change wins. */
  readonly updated: number | null;
  /** The record in wire form, as JSON text. */
  readonly body: string;
}

/** A place in a collection's order. */
export type Cursor = Pick<StoredRecord, "rank" | "name">;

/** Records as a caller gets them. */
export interface Page {
  /** The records' bodies in order, joined by commas. */
  readonly bodies: string;
  /** The place of the last of them, when more follow. */
  readonly last: Cursor | undefined;
}

/** How many of the records given to {@link Writer.put} were new, replaced older ones, or changed nothing. */
export interface WriteCounts {
  new: number;
  updated: number;
  unchanged: number;
}

/** The writing half of a store, inside one transaction. */
export interface Writer {
  /** Adds records, or replaces those whose key is there with an earlier `updated`. */
  put(records: readonly StoredRecord[]): Promise<WriteCounts>;
  /**
   * Counts those of these records, put before, that have another record of their name beside them, created less than a
   * millisecond earlier or later.
   */
  lookalikes(records: readonly StoredRecord[]): Promise<number>;
  /** Registers a collection, which then lists as empty rather than missing. */
  putCollection(name: string): Promise<void>;
}

/** How much a store holds. */
export interface StoreCounts {
  readonly collections: number;
  readonly records: number;
}

/** A database of records. Several endpoints may share one; they share nothing else. */
export interface Store {
  /** The 32-byte key that seals page tokens, made once in the life of the store. */
  readonly tokenKey: Buffer;
  /**
   * At most `limit` records after `after`, as they stood at one moment; undefined when there is no such collection.
   * Its cost grows with `limit` only.
   */
  page(collection: string, options: { after?: Cursor | undefined; limit: number }): Promise<Page | undefined>;
  /** Counts everything, which takes a large database a second or more: for people, not for each request. */
  count(): Promise<StoreCounts>;
  /**
   * A value that stays the same until some page reads differently. A store leaves it out where it would cost as much as
   * the page.
   */
  readonly version?: (() => unknown) | undefined;
  /**
   * Asks the database for a row: a health check learns whether it responds.
   * @throws StoreUnavailableError when it does not
   */
  ping(): Promise<void>;
  /**
   * Runs `work` in one transaction: when it or a call of its writer rejects, nothing of it is kept. Others read on
   * meanwhile. A write inside `work` would wait for itself: use the writer.
   * @param signal ends the waiting for other writers, and the write rejects with its reason
   */
  write<T>(work: (writer: Writer) => Promise<T>, signal?: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

/** A store cannot be used: its engine is not installed, it cannot be opened, or it is not one of ours. */
export class StoreError extends Error {
  override readonly name: "StoreError" | "StoreUnavailableError" = "StoreError";
}

/** An open store does not respond now: its database is gone or busy. The same call may pass later. */
export class StoreUnavailableError extends StoreError {
  override readonly name = "StoreUnavailableError";
}

/** Beyond JavaScript's earliest date, −8.64e18 µs, and within 64 bits. */
const NO_TIME = 9e18;

/** The place before every record, where the first page starts. */
export const START: Cursor = { rank: -NO_TIME, name: "" };

/**
 * A creation time in whole microseconds since 1970 as an ascending number: the newest first, none last. So an index on
 * (collection, rank, name) is both the records' key and the order of pages, without a NULL or a descending column.
 */
export function rankOf(created: number | null): number {
  // 0 - x, since a database does not give back -0
  return created === null ? NO_TIME : 0 - created;
}
