/** A store in a SQLite file, which any number of processes on one machine may share. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store, StoredRecord, WriteCounts, Writer } from "../store.ts";
import { createdOf, FIRST_RANK, rankOf } from "./rank.ts";
import { type Database, isBusy, type Statement, sqliteEngine } from "./sqlite-engine.ts";
import { StoreError } from "./store-error.ts";
import { Turns } from "./turns.ts";

/** Schema changes in the order of the versions they lead to, counted in `user_version`. Append only. */
const migrations: readonly string[] = [
  `CREATE TABLE token_key (only INTEGER PRIMARY KEY CHECK (only = 1), key BLOB NOT NULL);
   CREATE TABLE collection (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
   CREATE TABLE record (
     collection INTEGER NOT NULL REFERENCES collection,
     rank INTEGER NOT NULL, -- see rank.ts
     name TEXT NOT NULL,
     updated INTEGER,       -- ms since 1970
     body TEXT NOT NULL
   );
   CREATE UNIQUE INDEX record_order ON record (collection, rank, name);`,
];

/** Marks a database file as a store (`PRAGMA application_id`). */
const APPLICATION_ID = 0x4c_4f_4f_4b;

/** How long to wait for another process to finish its write, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Opens the store in a file, which is made when missing. */
export async function openSqlite(target: string): Promise<Store> {
  const path = resolve(target);
  const open = await sqliteEngine();
  const connections: Database[] = [];
  const connect = (pragmas: string): Database => {
    const database = open(path);
    connections.push(database);
    database.exec(`PRAGMA busy_timeout = 5000; ${pragmas}`);
    return database;
  };
  try {
    // A cache of 32 MB holds what an import needs of the index. The log of a large import is cut when it is done.
    const database = connect("PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864");
    refuseForeign(database, path);
    // FULL: a commit is on the disk before it is reported.
    await unlessBusy(() => database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
    // The question comes before the lock, so that opening need not wait for a running import.
    if (!isCurrent(database, path)) await transaction(database, async () => migrate(database, path));
    // From now on a write waits for other processes in unlessBusy, while this one goes on reading.
    database.exec("PRAGMA busy_timeout = 0");
    // Reading has a connection to itself, which sees what is committed and nothing else.
    return new SqliteStore(database, connect("PRAGMA query_only = ON"));
  } catch (error) {
    for (const database of connections) database.close();
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`Cannot open the store ${path}: ${reason}.`, { cause: error });
  }
}

class SqliteStore implements Store {
  readonly tokenKey: Buffer;
  readonly #writing: Database;
  readonly #reading: Database;
  readonly #hasCollection: Statement;
  readonly #page: Statement;
  readonly #turns: Turns = new Turns();
  #closing: Promise<void> | undefined;

  constructor(writing: Database, reading: Database) {
    this.#writing = writing;
    this.#reading = reading;
    this.tokenKey = Buffer.from((reading.prepare("SELECT key FROM token_key").get() as { key: Uint8Array }).key);
    this.#hasCollection = reading.prepare("SELECT 1 FROM collection WHERE name = ?");
    this.#page = reading.prepare(
      `SELECT rank, name, updated, body FROM record
       WHERE collection = (SELECT id FROM collection WHERE name = ?) AND (rank, name) > (?, ?)
       ORDER BY rank, name LIMIT ?`,
    );
  }

  async hasCollection(name: string): Promise<boolean> {
    return this.#hasCollection.get(name) !== undefined;
  }

  async page(collection: string, { after, limit }: Parameters<Store["page"]>[1]): Promise<StoredRecord[]> {
    const rank = after === undefined ? FIRST_RANK : rankOf(after.created);
    const rows = this.#page.all(collection, rank, after?.name ?? "", limit) as Row[];
    return rows.map(({ rank, name, updated, body }) => ({ collection, name, created: createdOf(rank), updated, body }));
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#turns.take(() => transaction(this.#writing, () => work(new SqliteWriter(this.#writing))));
  }

  close(): Promise<void> {
    this.#closing ??= this.#turns.take(async () => {
      this.#reading.close();
      this.#writing.close();
    });
    return this.#closing;
  }
}

interface Row {
  readonly rank: number;
  readonly name: string;
  readonly updated: number | null;
  readonly body: string;
}

/** How many rows go into one statement. A call costs libsql as much as a row. */
const BLOCKS = [100, 10, 1];

class SqliteWriter implements Writer {
  readonly #ids = new Map<string, number>();
  readonly #addCollection: Statement;
  readonly #insert: readonly (readonly [rows: number, statement: Statement])[];
  readonly #update: Statement;

  constructor(database: Database) {
    this.#insert = BLOCKS.map((rows) => {
      const values = Array(rows).fill("(?, ?, ?, ?, ?)").join();
      const sql = `INSERT INTO record (collection, rank, name, updated, body) VALUES ${values} ON CONFLICT DO NOTHING`;
      return [rows, database.prepare(sql)];
    });
    this.#update = database.prepare(
      `UPDATE record SET updated = ?1, body = ?2 WHERE collection = ?3 AND rank = ?4 AND name = ?5
       AND (updated < ?1 OR (updated IS NULL AND ?1 IS NOT NULL))`,
    );
    this.#addCollection = database.prepare(
      "INSERT INTO collection (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id",
    );
  }

  async put(records: readonly StoredRecord[]): Promise<WriteCounts> {
    const counts: WriteCounts = { new: 0, updated: 0, unchanged: 0 };
    let at = 0;
    for (const [rows, insert] of this.#insert) {
      for (; at + rows <= records.length; at += rows) this.#put(records.slice(at, at + rows), insert, counts);
    }
    return counts;
  }

  async putCollection(name: string): Promise<void> {
    this.#id(name);
  }

  #put(records: readonly StoredRecord[], insert: Statement, counts: WriteCounts): void {
    const values = records.flatMap((r) => [this.#id(r.collection), rankOf(r.created), r.name, r.updated, r.body]);
    const added = Number(insert.run(...values).changes);
    let updated = 0;
    if (added < records.length) {
      // What was just added is no later than itself, so only the others change.
      for (const r of records) {
        const id = this.#id(r.collection);
        updated += Number(this.#update.run(r.updated, r.body, id, rankOf(r.created), r.name).changes);
      }
    }
    counts.new += added;
    counts.updated += updated;
    counts.unchanged += records.length - added - updated;
  }

  #id(collection: string): number {
    const known = this.#ids.get(collection);
    if (known !== undefined) return known;
    const { id } = this.#addCollection.get(collection) as { id: number };
    this.#ids.set(collection, id);
    return id;
  }
}

/** Comes before anything is written, so that a mistaken path does no harm. */
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
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await sleep(20);
  }
}
