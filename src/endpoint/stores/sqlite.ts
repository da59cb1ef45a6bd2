/** A store in a SQLite file, which any number of processes on one machine may share. */
import { open as openFile } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Connection, openSql, type Value } from "./sql.ts";
import { type Database, type Statement, sqliteEngine } from "./sqlite-engine.ts";
import { type Store, StoreError } from "./store.ts";

/** How long to wait for another process to finish its write, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Marks a database file as a store (`PRAGMA application_id`). */
const APPLICATION_ID = 0x4c_4f_4f_4b;

/** Why the system does not open a file, by its code. */
const OBSTACLES: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EACCES: "permission is denied",
  EROFS: "the file system is read-only",
};

/**
 * Gives the tables of the first stores the names of today. Those stores had their version in `user_version`; with a 2
 * there the package of then leaves a file alone.
 */
const RENAME = `
  CREATE TABLE store_schema (version integer NOT NULL, token_key blob NOT NULL);
  INSERT INTO store_schema SELECT 1, key FROM token_key;
  DROP TABLE token_key;
  ALTER TABLE collection RENAME TO stored_collection;
  ALTER TABLE record RENAME TO stored_record;`;

/** Opens the store in a file, which is made when missing. */
export async function openSqlite(target: string): Promise<Store> {
  const path = resolve(target);
  const open = await sqliteEngine();
  await makePrivate(path);
  const writing = await openOrTell(open, path);
  // Reading has a connection to itself, which sees what is committed and nothing else.
  const reading = open(path);
  const version = reading.prepare("PRAGMA data_version");
  const connection = connectionOn(writing);
  return openSql({
    name: path,
    types: { id: "integer", text: "text", bytes: "blob" },
    findSchema: "SELECT 1 FROM sqlite_schema WHERE name = 'store_schema'",
    ...connectionOn(reading),
    // Changes with every commit but this connection's own, of which there are none.
    version: () => (version.get() as { data_version: number }).data_version,
    async prepare() {
      // A cache of 32 MB holds what an import needs of the index. The log of a large import is cut when it is done.
      writing.exec("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864");
      await claim(writing, path);
      // From now on a write waits in `transaction` for other processes, and this one goes on reading.
      writing.exec("PRAGMA busy_timeout = 0");
      reading.exec("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON");
    },
    transaction: (work, signal) => transaction(writing, () => work(connection), signal),
    async close() {
      writing.close();
      reading.close();
    },
  });
}

/** Makes a missing file, for its owner only: it holds the page-token key. SQLite gives -wal and -shm the same mode. */
async function makePrivate(path: string): Promise<void> {
  // An error is left to the opening, which says the reason.
  const file = await openFile(path, "wx", 0o600).catch(() => undefined);
  await file?.close();
}

/** Opens a database, or tells why that cannot be: of the engines one says a number, and the other nothing. */
async function openOrTell(open: (path: string) => Database, path: string): Promise<Database> {
  try {
    return open(path);
  } catch (cause) {
    // The system knows. A file that it makes here is the one that the engine was to make.
    const file = await openFile(path, "a").catch((error: NodeJS.ErrnoException) => error);
    if (!(file instanceof Error)) await file.close();
    else throw new Error(OBSTACLES[file.code ?? ""] ?? file.message, { cause });
    throw cause;
  }
}

function connectionOn(database: Database): Connection {
  const kept = new Map<string, { statement: Statement; places: number[] }>();

  /** Prepares a statement, if only once, and puts its values in their places: not every Node 22 can number them. */
  function prepare(text: string, values: readonly Value[]): [Statement, Value[]] {
    let prepared = kept.get(text);
    if (prepared === undefined) {
      const places = Array.from(text.matchAll(/\$(\d+)/g), ([, number]) => Number(number) - 1);
      prepared = { statement: database.prepare(text.replaceAll(/\$\d+/g, "?")), places };
      kept.set(text, prepared);
    }
    return [prepared.statement, prepared.places.map((place) => values[place]!)];
  }

  return {
    exec: async (text) => database.exec(text),
    async get<Row>(text: string, values: readonly Value[] = []) {
      const [statement, placed] = prepare(text, values);
      return statement.get(...placed) as Row | undefined;
    },
    async run(text, values) {
      const [statement, placed] = prepare(text, values);
      return Number(statement.run(...placed).changes);
    },
  };
}

/**
 * Makes the file a store's, or sees that it is one.
 * @throws StoreError when the file is another program's
 */
async function claim(database: Database, path: string): Promise<void> {
  const read = (pragma: string) => Object.values(database.prepare(`PRAGMA ${pragma}`).get() as object)[0] as number;
  // Before anything is written, so that a mistaken path does no harm.
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  if (!isEmpty && read("application_id") !== APPLICATION_ID)
    throw new StoreError(`${path} is the database of another program. Name another file.`);
  // FULL: a commit is on the disk before it is reported.
  await unlessBusy(() => database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
  if (read("user_version") >= 2) return;
  await transaction(database, async () => {
    // Of several starters one does the work.
    if (read("user_version") === 1) database.exec(RENAME);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 2`);
  });
}

/** Runs `work` in a transaction: when it rejects, nothing of it is kept. */
async function transaction<T>(database: Database, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  await unlessBusy(() => database.exec("BEGIN IMMEDIATE"), signal);
  try {
    const result = await work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      database.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    throw error;
  }
}

/** Tries again while another process holds the lock. SQLite's own waiting would stop the event loop. */
async function unlessBusy(attempt: () => unknown, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + LOCK_TIMEOUT;
  for (;;) {
    signal?.throwIfAborted();
    try {
      attempt();
      return;
    } catch (error) {
      const isBusy = error instanceof Error && /database is (locked|busy)/i.test(error.message);
      if (!isBusy || performance.now() > deadline) throw error;
    }
    await sleep(20);
  }
}
