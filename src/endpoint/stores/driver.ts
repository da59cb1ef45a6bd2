/** A database as its engine offers it. */
import type { Store } from "./store.ts";

/** A value of a statement. */
export type Value = string | number | null | Uint8Array;

/** A connection to a database. Values are numbered in a statement: `$1`, `$2` and so on. */
export interface Connection {
  /** Runs statements that take no values. */
  exec(text: string): Promise<unknown>;
  /** The first row that a statement gives. */
  get<Row>(text: string, values?: readonly Value[]): Promise<Row | undefined>;
  /** Runs a statement, and counts the rows that it has changed. */
  run(text: string, values: readonly Value[]): Promise<number>;
}

/** An open database, and the few words of SQL in which its engine differs. */
export interface Driver extends Pick<Connection, "get"> {
  /** The store in messages. */
  readonly name: string;
  /** The schema of the tables, quoted where needed. Every statement names it, so that none depends on a search path. */
  readonly schema: string;
  /** Types of columns: a number that the database gives to each new row, text in the order of its bytes, and bytes. */
  readonly types: { readonly id: string; readonly text: string; readonly bytes: string };
  /** An expression for a number among the members of a record's body; NULL when there is none. */
  readonly numberIn: (member: string) => string;
  /** A statement that gives a row when there is a table `store_schema`. */
  readonly findSchema: string;
  /** Prepares the database for the first statement. */
  prepare?(signal?: AbortSignal): Promise<void>;
  /** Runs `work` in a transaction, which waits for other writers. Nothing is kept when `work` rejects. */
  transaction<T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T>;
  readonly version?: Store["version"];
  close(): Promise<void>;
}
