import type { Store } from "../store.ts";
import { openMemory } from "./memory.ts";

/**
 * Opens a store, and makes or migrates its schema where needed.
 *
 * @param target `:memory:` keeps the records in the process, a `postgres://` or `postgresql://` URL in PostgreSQL,
 *   and anything else is the path of a SQLite file, made when missing. @default ":memory:"
 * @throws `StoreError` when the engine is not installed, or the store cannot be opened or is of a later version.
 */
export async function openStore(target = ":memory:"): Promise<Store> {
  if (target === ":memory:") return openMemory();
  if (/^postgres(ql)?:\/\//i.test(target)) return (await import("./postgres.ts")).openPostgres(target);
  return (await import("./sqlite.ts")).openSqlite(target);
}
