/** What the endpoint asks of a database. One file in `stores/` implements it for each engine. */

/** A record and the columns that it is found and ordered by. */
export interface StoredRecord {
  /** The collection that it is listed under. */
  readonly collection: string;
  readonly name: string;
  /** Creation time in whole milliseconds since 1970; null when the record has none. */
  readonly created: number | null;
  /** Last change, likewise: of two records with one key the later change wins. */
  readonly updated: number | null;
  /** The record in wire form, as JSON text. */
  readonly body: string;
}

/** A place in a collection's order: newest first, then by name, those without a creation time last. */
export type Cursor = Pick<StoredRecord, "created" | "name">;

/** Records as a caller gets them. */
export interface Page {
  /** The records' bodies in order, joined by commas, in UTF-8. */
  readonly bodies: Uint8Array;
  /** The place of the last of them, when more follow. */
  readonly last: Cursor | undefined;
}

/** What became of the records given to {@link Writer.put}. */
export interface WriteCounts {
  new: number;
  updated: number;
  unchanged: number;
}

/** The writing half of a store, inside one transaction. */
export interface Writer {
  /** Adds records, or replaces those whose key (collection, name, created) is there with an earlier `updated`. */
  put(records: readonly StoredRecord[]): Promise<WriteCounts>;
  /** Registers a collection, which then lists as empty rather than missing. */
  putCollection(name: string): Promise<void>;
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
  /**
   * A value that stays the same for as long as no page reads differently. A store where asking for it would cost as
   * much as asking for the page leaves it out.
   */
  version?(): unknown;
  /** Runs `work` in one transaction: when it rejects, nothing of it is kept. Others read on meanwhile. */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
