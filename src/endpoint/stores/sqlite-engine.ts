/** The few calls that Node's own SQLite and libsql have in common. */
import { importOptional } from "../../optional-package.ts";
import { StoreError } from "./store.ts";

type Value = string | number | null | Uint8Array;

/** A prepared statement. libsql takes an object that comes alone, bytes among them, for named values: give it two. */
export interface Statement {
  run(...values: Value[]): { changes: number | bigint };
  get(...values: Value[]): unknown;
}

/** A connection to a database file. */
export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

/**
 * Finds the engine: `node:sqlite` where Node has it without a flag (22.13 and later), else the package `libsql`.
 * @throws `StoreError` with the line that installs libsql, when there is neither.
 */
export async function sqliteEngine(): Promise<(path: string) => Database> {
  // Not an import: bundlers and test runners of an older Node do not know the module.
  const builtin = process.getBuiltinModule("node:sqlite");
  if (builtin) return (path) => new builtin.DatabaseSync(path);
  const installed = await importOptional<{ default: new (path: string) => object }>("libsql");
  if (installed) return (path) => new installed.default(path) as Database;
  throw new StoreError(
    `Node ${process.versions.node} has no SQLite built in (22.13 and later do). Install libsql:\n  npm install libsql\nA store named :memory: needs none, and is gone when the process ends.`,
  );
}
