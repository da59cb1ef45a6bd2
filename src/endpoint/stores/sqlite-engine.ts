/** The few calls that Node's own SQLite and libsql have in common. */
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
  try {
    const { DatabaseSync } = await import("node:sqlite");
    return (path) => new DatabaseSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    const { default: Libsql } = await import("libsql");
    return (path) => new Libsql(path) as Database;
  } catch (error) {
    if (!isMissing(error)) throw error;
    const message = `Node ${process.versions.node} has no SQLite built in (22.13 and later do). Install libsql:\n  npm install libsql`;
    throw new StoreError(message, { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ERR_UNKNOWN_BUILTIN_MODULE" || code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}
