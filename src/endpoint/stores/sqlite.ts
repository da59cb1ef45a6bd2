/** A store in a SQLite file, which any number of processes on one machine may share. */
import { resolve } from "node:path";
import type { Page, Store, StoredRecord, WriteCounts, Writer } from "../store.ts";
import { cursorOf, FIRST_RANK, rankOf } from "./rank.ts";
import { type Database, type Statement, sqliteEngine } from "./sqlite-engine.ts";
import { prepareSchema } from "./sqlite-schema.ts";
import { transaction } from "./sqlite-transaction.ts";
import { StoreError } from "./store-error.ts";
import { Turns } from "./turns.ts";

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
    await prepareSchema(database, path);
    // From now on a write waits in `transaction` for other processes, and this one goes on reading.
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
  readonly #page: Statement;
  readonly #version: Statement;
  readonly #turns: Turns = new Turns();
  #closing: Promise<void> | undefined;

  constructor(writing: Database, reading: Database) {
    this.#writing = writing;
    this.#reading = reading;
    this.tokenKey = Buffer.from((reading.prepare("SELECT key FROM token_key").get() as { key: Uint8Array }).key);
    this.#version = reading.prepare("PRAGMA data_version");
    this.#page = reading.prepare(PAGE);
  }

  async page(collection: string, { after, limit }: Parameters<Store["page"]>[1]): Promise<Page | undefined> {
    const rank = after === undefined ? FIRST_RANK : rankOf(after.created);
    const found = this.#page.get(collection, rank, after?.name ?? "", limit) as PageRow | undefined;
    if (found === undefined) return undefined;
    return {
      bodies: found.bodies ?? Buffer.alloc(0),
      last: found.more ? cursorOf(JSON.parse(found.last!)) : undefined,
    };
  }

  /** Changes with every commit but this connection's own, of which there are none. */
  version(): unknown {
    return (this.#version.get() as { data_version: number }).data_version;
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

interface PageRow {
  readonly bodies: Uint8Array | null;
  readonly last: string | null;
  readonly more: number;
}

const ROWS = "FROM record WHERE collection = asked.id AND (rank, name) > (?2, ?3) ORDER BY rank, name";

/**
 * One statement reads one snapshot, and bytes go to the wire without being decoded. The bodies are joined in the
 * order of the inner query: SQLite neither flattens one that has a LIMIT nor drops its order.
 */
const PAGE = `
  SELECT (SELECT CAST(group_concat(body, ',') AS BLOB) FROM (SELECT body ${ROWS} LIMIT ?4)) AS bodies,
    (SELECT json_array(rank, name) ${ROWS} LIMIT 1 OFFSET ?4 - 1) AS last,
    EXISTS (SELECT 1 ${ROWS} LIMIT 1 OFFSET ?4) AS more
  FROM collection AS asked WHERE asked.name = ?1`;

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
    const values: (string | number | null)[] = [];
    for (const r of records) values.push(this.#id(r.collection), rankOf(r.created), r.name, r.updated, r.body);
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
