/** A store in a SQLite file, which any number of processes on one machine may share. */
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection, Driver, Value } from "./driver.ts";
import { openSql } from "./sql.ts";
import { type Database, type Statement, sqliteEngine } from "./sqlite-engine.ts";
import { type Location, locate, replacementCheck } from "./sqlite-file.ts";
import { type Store, StoreError } from "./store.ts";

/** How long to wait for another process to finish its write, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Marks a database file as a store (`PRAGMA application_id`). */
const APPLICATION_ID = 0x4c_4f_4f_4b;

/** Opens the store in a file, which is made when missing. A file that cannot be written is served as it is. */
export async function openSqlite(target: string, signal?: AbortSignal): Promise<Store> {
  const path = resolve(target);
  const connect = await sqliteEngine();
  const location = locate(path);
  try {
    return await openAt(location, path, connect, signal);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if (location.readOnly !== undefined) throw new Error(location.readOnly, { cause: error });
    throw withAdvice(error, path);
  }
}

async function openAt(
  { address, readOnly }: Location,
  path: string,
  connect: (path: string) => Database,
  signal?: AbortSignal,
): Promise<Store> {
  // Reading has a connection of its own: it sees committed records only.
  const reading = attach(connect, address);
  const writing = readOnly === undefined ? attach(connect, address) : undefined;
  const checkFile = replacementCheck(path);
  const version = reading.prepare("PRAGMA store.data_version");
  const connection = connectionOn(reading);
  const writer = writing && { writing, connection: connectionOn(writing) };
  const driver: Driver = {
    name: path,
    schema: "store",
    types: { id: "integer", text: "text", bytes: "blob" },
    numberIn: (member) => `(body ->> '${member}')`,
    findSchema: "SELECT 1 FROM store.sqlite_schema WHERE name = 'store_schema'",
    async get(text, values) {
      checkFile();
      return connection.get(text, values);
    },
    // Changes with every commit but this connection's own, of which there are none.
    version() {
      checkFile();
      return (version.get() as { data_version: number }).data_version;
    },
    async prepare(signal) {
      reading.exec("PRAGMA query_only = ON");
      const isNew = checkOwner(reading, path);
      if (writing === undefined) return;
      // A cache of 32 MB holds what an import needs of the index. The log of a large import is cut when it is done.
      // FULL: a commit is on the disk before it is reported.
      // A write waits in `unlessBusy` for other processes, and this one goes on reading.
      writing.exec(`PRAGMA busy_timeout = 0; PRAGMA store.cache_size = -32768; PRAGMA store.journal_size_limit = 67108864;
        PRAGMA store.synchronous = FULL`);
      await unlessBusy(() => writing.exec("PRAGMA store.journal_mode = WAL"), signal);
      const mark = async () => writing.exec(`PRAGMA store.application_id = ${APPLICATION_ID}`);
      if (isNew) await transaction(writing, mark, signal);
    },
    async transaction(work, signal) {
      if (writer === undefined) throw new StoreError(`The store ${path} cannot be written: ${readOnly}.`);
      checkFile(true);
      return transaction(writer.writing, () => work(writer.connection), signal).catch((error) => {
        throw withAdvice(error, path);
      });
    },
    async close() {
      if (writing) detach(writing);
      detach(reading);
    },
  };
  return openSql(driver, signal);
}

/**
 * Opens a file as the schema `store` of a connection that is itself in memory: DETACH lets go of the file, while
 * libsql's `close` leaves it open until all prepared statements are collected (tursodatabase/libsql-js#228).
 */
function attach(connect: (path: string) => Database, address: string): Database {
  const database = connect(":memory:");
  database.exec(`PRAGMA busy_timeout = 5000; ATTACH '${address.replaceAll("'", "''")}' AS store`);
  return database;
}

function detach(database: Database): void {
  database.exec("DETACH store");
  database.close();
}

function connectionOn(database: Database): Connection {
  const kept = new Map<string, { statement: Statement; places: number[] }>();

  /** Prepares a statement once, and puts its values in the order of its placeholders: some Node 22 cannot number them. */
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
 * Whether the file holds nothing yet.
 * @throws StoreError when it is another program's, before anything is written to it
 */
function checkOwner(database: Database, path: string): boolean {
  if (database.prepare("SELECT 1 FROM store.sqlite_schema").get() === undefined) return true;
  const found = database.prepare("PRAGMA store.application_id").get() as { application_id: number };
  if (found.application_id === APPLICATION_ID) return false;
  throw new StoreError(`${path} is the database of another program. Name another file.`);
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

/** Gives an error that says what to do for SQLite's words for a full disk, and any other error as it is. */
function withAdvice(error: unknown, path: string): unknown {
  const reason = error instanceof Error ? error.message : "";
  if (!/^(database or disk is full|disk I\/O error)$/.test(reason)) return error;
  const told = `The disk of ${path} is full, or fails (${reason}). Nothing was written: make room on it, and try again.`;
  return new StoreError(told, { cause: error });
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
