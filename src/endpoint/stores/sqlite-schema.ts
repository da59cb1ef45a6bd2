import { randomBytes } from "node:crypto";
import type { Database } from "./sqlite-engine.ts";
import { transaction, unlessBusy } from "./sqlite-transaction.ts";
import { StoreError } from "./store-error.ts";

/** Schema changes in the order of the versions they lead to, counted in `user_version`. Append only. */
const migrations: readonly string[] = [
  `CREATE TABLE token_key (only INTEGER PRIMARY KEY CHECK (only = 1), key BLOB NOT NULL);
   CREATE TABLE collection (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
   CREATE TABLE record (
     collection INTEGER NOT NULL,
     rank INTEGER NOT NULL, -- see rank.ts
     name TEXT NOT NULL,
     updated INTEGER,       -- ms since 1970
     body TEXT NOT NULL
   );
   CREATE UNIQUE INDEX record_order ON record (collection, rank, name);`,
];

/** Marks a database file as a store (`PRAGMA application_id`). */
const APPLICATION_ID = 0x4c_4f_4f_4b;

/**
 * Makes the file a store with the latest schema, or sees that it is one.
 * @throws StoreError when the file is another program's, or of a later version
 */
export async function prepareSchema(database: Database, path: string): Promise<void> {
  // Before anything is written, so that a mistaken path does no harm.
  refuseForeign(database, path);
  // FULL: a commit is on the disk before it is reported.
  await unlessBusy(() => database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
  // The question comes before the lock, so that opening need not wait for a running import.
  if (!isCurrent(database, path)) await transaction(database, async () => migrate(database, path));
}

function refuseForeign(database: Database, path: string): void {
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  if (isEmpty || pragma(database, "application_id") === APPLICATION_ID) return;
  throw new StoreError(`${path} is the database of another program. Name another file.`);
}

function isCurrent(database: Database, path: string): boolean {
  const version = pragma(database, "user_version");
  if (version <= migrations.length) return version === migrations.length;
  throw new StoreError(`The store ${path} was made by a later version of this package. Update the package.`);
}

/** Brings the schema to the latest version. Runs under the write lock: of several starters one does the work. */
function migrate(database: Database, path: string): void {
  if (isCurrent(database, path)) return;
  const version = pragma(database, "user_version");
  for (const step of migrations.slice(version)) database.exec(step);
  if (version === 0) database.prepare("INSERT INTO token_key VALUES (?, ?)").run(1, randomBytes(32));
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`);
}

function pragma(database: Database, name: "user_version" | "application_id"): number {
  return (database.prepare(`PRAGMA ${name}`).get() as Record<typeof name, number>)[name];
}
