/** A store in a SQLite file, which any number of processes on one machine may share. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { START, type Store, StoreError, type Writer } from "../store.ts";
import { type Database, sqliteEngine } from "./sqlite-engine.ts";

/** How long to wait for another process to finish its write, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Marks a database file as a store (`PRAGMA application_id`). */
const APPLICATION_ID = 0x4c_4f_4f_4b;

/** Schema changes in the order of the versions they lead to, counted in `user_version`. Append only. */
const migrations: readonly string[] = [
  `CREATE TABLE token_key (only INTEGER PRIMARY KEY CHECK (only = 1), key BLOB NOT NULL);
   CREATE TABLE collection (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
   CREATE TABLE record (
     collection INTEGER NOT NULL,
     rank INTEGER NOT NULL,
     name TEXT NOT NULL,
     updated INTEGER, -- ms since 1970
     body TEXT NOT NULL
   );
   CREATE UNIQUE INDEX record_order ON record (collection, rank, name);`,
];

const ROWS = "FROM record WHERE collection = asked.id AND (rank, name) > (?2, ?3) ORDER BY rank, name";

/**
 * One statement reads one snapshot, and bytes go to the wire without being decoded. The bodies are joined in the order
 * of the inner query: SQLite neither flattens one that has a LIMIT nor drops its order.
 */
const PAGE = `
  SELECT (SELECT CAST(group_concat(body, ',') AS BLOB) FROM (SELECT body ${ROWS} LIMIT ?4)) AS bodies,
    (SELECT json_object('rank', rank, 'name', name) ${ROWS} LIMIT 1 OFFSET ?4 - 1) AS last,
    EXISTS (SELECT 1 ${ROWS} LIMIT 1 OFFSET ?4) AS more
  FROM collection AS asked WHERE asked.name = ?1`;

/** A row of it. */
type PageRow = { bodies: Uint8Array | null; last: string; more: number };

/** The end of a statement that puts records: the later change wins. */
const UNLESS_LATER = `
  ON CONFLICT (collection, rank, name) DO UPDATE SET updated = excluded.updated, body = excluded.body
    WHERE present.updated < excluded.updated OR (present.updated IS NULL AND excluded.updated IS NOT NULL)`;

/** Opens the store in a file, which is made when missing. */
export async function openSqlite(target: string): Promise<Store> {
  const path = resolve(target);
  const open = await sqliteEngine();
  const writing = open(path);
  // Reading has a connection to itself, which sees what is committed and nothing else.
  const reading = open(path);
  const close = async () => {
    writing.close();
    reading.close();
  };
  try {
    // A cache of 32 MB holds what an import needs of the index. The log of a large import is cut when it is done.
    writing.exec("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864");
    await prepareSchema(writing, path);
    // From now on a write waits in `transaction` for other processes, and this one goes on reading.
    writing.exec("PRAGMA busy_timeout = 0");
    reading.exec("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON");
    const { key } = reading.prepare("SELECT key FROM token_key").get() as { key: Uint8Array };
    const page = reading.prepare(PAGE);
    const version = reading.prepare("PRAGMA data_version");
    return {
      tokenKey: Buffer.from(key),
      async page(collection, { after = START, limit }) {
        const found = page.get(collection, after.rank, after.name, limit) as PageRow | undefined;
        if (found === undefined) return undefined;
        const { bodies, last, more } = found;
        return { bodies: bodies ?? Buffer.alloc(0), last: more ? JSON.parse(last) : undefined };
      },
      // Changes with every commit but this connection's own, of which there are none.
      version: () => (version.get() as { data_version: number }).data_version,
      write: (work) => transaction(writing, () => work(writerOn(writing))),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function writerOn(database: Database): Writer {
  const ids = new Map<string, number>();
  const addCollection = database.prepare(
    "INSERT INTO collection (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id",
  );
  // A call costs libsql as much as a row, so many rows go into one.
  const puts = [100, 10, 1].map((size) => {
    const rows = Array(size).fill("(?, ?, ?, ?, ?)").join();
    return { size, statement: database.prepare(`INSERT INTO record AS present VALUES ${rows} ${UNLESS_LATER}`) };
  });
  // Rows are numbered in the order in which they come, and none is ever removed.
  const lastRow = database.prepare("SELECT coalesce(max(rowid), 0) AS number FROM record");
  const countRows = () => (lastRow.get() as { number: number }).number;
  let present = countRows();

  const idOf = (collection: string) => {
    const id = ids.get(collection) ?? (addCollection.get(collection) as { id: number }).id;
    ids.set(collection, id);
    return id;
  };

  return {
    async put(records) {
      const rows = records.map((r) => [idOf(r.collection), r.rank, r.name, r.updated, r.body]);
      let changed = 0;
      let at = 0;
      for (const { size, statement } of puts)
        for (; at + size <= rows.length; at += size)
          changed += Number(statement.run(...rows.slice(at, at + size).flat()).changes);
      const added = countRows() - present;
      present += added;
      return { new: added, updated: changed - added, unchanged: rows.length - changed };
    },
    async putCollection(name) {
      idOf(name);
    },
  };
}

/**
 * Makes the file a store with the latest schema, or sees that it is one.
 * @throws StoreError when the file is another program's, or of a later version
 */
async function prepareSchema(database: Database, path: string): Promise<void> {
  const read = (pragma: string) => Object.values(database.prepare(`PRAGMA ${pragma}`).get() as object)[0] as number;
  const readVersion = () => {
    const version = read("user_version");
    if (version <= migrations.length) return version;
    throw new StoreError(`The store ${path} was made by a later version of this package. Update the package.`);
  };
  // Before anything is written, so that a mistaken path does no harm.
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  if (!isEmpty && read("application_id") !== APPLICATION_ID)
    throw new StoreError(`${path} is the database of another program. Name another file.`);
  // FULL: a commit is on the disk before it is reported.
  await unlessBusy(() => database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
  // The question comes before the lock, so that opening need not wait for a running import.
  if (readVersion() === migrations.length) return;
  await transaction(database, async () => {
    // Of several starters one does the work.
    const version = readVersion();
    for (const step of migrations.slice(version)) database.exec(step);
    if (version === 0) database.prepare("INSERT INTO token_key VALUES (?, ?)").run(1, randomBytes(32));
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`);
  });
}

/** Runs `work` in a transaction: when it rejects, nothing of it is kept. */
async function transaction<T>(database: Database, work: () => Promise<T>): Promise<T> {
  await unlessBusy(() => database.exec("BEGIN IMMEDIATE"));
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
async function unlessBusy(attempt: () => unknown): Promise<void> {
  const deadline = performance.now() + LOCK_TIMEOUT;
  for (;;) {
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
