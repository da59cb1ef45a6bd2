/** A store in a database: what PostgreSQL and SQLite both understand, word for word. */
import { randomBytes } from "node:crypto";
import { resource } from "../handlers/index.ts";
import {
  type Cursor,
  START,
  type Store,
  type StoreCounts,
  StoreError,
  StoreUnavailableError,
  type Writer,
} from "./store.ts";

/** What a statement takes. */
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

/** An open database, and the few words that its engine has for itself. */
export interface Driver extends Pick<Connection, "get"> {
  /** What messages call it. */
  readonly name: string;
  /** The schema of the tables, quoted where needed. Every statement names it, so that none depends on a search path. */
  readonly schema: string;
  /** Types of columns: a number that a new row is given, text in the order of its bytes, and bytes. */
  readonly types: { readonly id: string; readonly text: string; readonly bytes: string };
  /** An expression for a number among the members of a record's body; NULL when there is none. */
  readonly numberIn: (member: string) => string;
  /** A statement that gives a row when there is a table `store_schema`. */
  readonly findSchema: string;
  /** Does what has to be done before the first statement. */
  prepare?(): Promise<void>;
  /** Runs `work` in a transaction that waits for the other writers, and of which nothing is kept when it rejects. */
  transaction<T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T>;
  readonly version?: Store["version"];
  close(): Promise<void>;
}

/** Schema changes in the order of the versions they lead to. Append only. */
const migrations: readonly ((driver: Driver) => string)[] = [
  ({ schema, types: { id, text, bytes } }) =>
    `CREATE TABLE ${schema}.store_schema (version integer NOT NULL, token_key ${bytes} NOT NULL);
     CREATE TABLE ${schema}.stored_collection (id ${id} PRIMARY KEY, name ${text} NOT NULL UNIQUE);
     CREATE TABLE ${schema}.stored_record (
       collection integer NOT NULL,
       rank bigint NOT NULL,
       name ${text} NOT NULL,
       updated bigint, -- ms since 1970
       body text NOT NULL,
       PRIMARY KEY (collection, rank, name)
     );`,
  // Microseconds, which bodies have always had. The table gets a new name: a process of the version before that still
  // runs fails, where it would add records with milliseconds.
  ({ schema, types: { text }, numberIn }) =>
    `CREATE TABLE ${schema}.dated_record (
       collection integer NOT NULL,
       rank bigint NOT NULL,
       name ${text} NOT NULL,
       updated bigint, -- microseconds since 1970
       body text NOT NULL,
       PRIMARY KEY (collection, rank, name)
     );
     INSERT INTO ${schema}.dated_record
       SELECT collection, -(${inMicroseconds("-rank", numberIn(resource.created))}), name,
         ${inMicroseconds("updated", numberIn(resource.updated))}, body
       FROM ${schema}.stored_record ORDER BY collection, rank, name;
     DROP TABLE ${schema}.stored_record;`,
];

/** A column of milliseconds in microseconds: those of the body's epoch seconds, when they are the same time. */
function inMicroseconds(milliseconds: string, seconds: string): string {
  const beyond = `(${seconds} - ${milliseconds} / 1000.0)`;
  return `${milliseconds} * 1000 +
    CASE WHEN abs(${beyond}) < 0.001 THEN CAST(round(${beyond} * 1000000) AS bigint) ELSE 0 END`;
}

/**
 * One statement reads one snapshot. The bodies are joined in the order of the inner query, which neither engine gives
 * up: it has a LIMIT, and nothing else is done with its rows.
 */
function pageOf(schema: string): string {
  const rows = `
    FROM ${schema}.dated_record WHERE collection = asked.id AND (rank, name) > ($2, $3) ORDER BY rank, name`;
  return `
    SELECT (SELECT string_agg(body, ',') FROM (SELECT body ${rows} LIMIT $4) AS page) AS bodies,
      (SELECT rank || ' ' || name ${rows} LIMIT 1 OFFSET $4 - 1) AS last,
      EXISTS (SELECT 1 ${rows} LIMIT 1 OFFSET $4) AS more
    FROM ${schema}.stored_collection AS asked WHERE asked.name = $1`;
}

/** A row of it. */
type PageRow = { bodies: string | null; last: string; more: boolean | number };

const UNLESS_THERE = "ON CONFLICT DO NOTHING";
const UNLESS_LATER = `
  ON CONFLICT (collection, rank, name) DO UPDATE SET updated = excluded.updated, body = excluded.body
  WHERE present.updated < excluded.updated OR (present.updated IS NULL AND excluded.updated IS NOT NULL)`;

/** In microseconds. */
const MILLISECOND = 1000;

/** Rows in one statement: a call costs as much as a row, or more. */
const BATCH = 100;

/** Makes a store of a database, which it migrates where needed, and closes when that fails. */
export async function openSql(driver: Driver): Promise<Store> {
  try {
    await driver.prepare?.();
    const tokenKey = await migrate(driver);
    const { schema } = driver;
    const pageText = pageOf(schema);
    return {
      tokenKey,
      async page(collection, { after = START, limit }) {
        const page = await driver.get<PageRow>(pageText, [collection, after.rank, after.name, limit]);
        if (page === undefined) return undefined;
        return { bodies: page.bodies ?? "", last: page.more ? cursorOf(page.last) : undefined };
      },
      async count() {
        // PostgreSQL's bigint arrives as text.
        const { collections, records } = (await driver.get<Record<keyof StoreCounts, number | string>>(`
          SELECT (SELECT count(*) FROM ${schema}.stored_collection) AS collections,
            (SELECT count(*) FROM ${schema}.dated_record) AS records`))!;
        return { collections: Number(collections), records: Number(records) };
      },
      version: driver.version,
      async ping() {
        try {
          await driver.get(`SELECT version FROM ${schema}.store_schema`);
        } catch (cause) {
          if (cause instanceof StoreUnavailableError) throw cause;
          throw new StoreUnavailableError(`The store ${driver.name} does not answer.`, { cause });
        }
      },
      write: (work, signal) => driver.transaction((connection) => work(writerOn(connection, schema)), signal),
      close: () => driver.close(),
    };
  } catch (error) {
    await driver.close();
    throw error;
  }
}

/** A rank and a name with a blank between them. */
function cursorOf(text: string): Cursor {
  const blank = text.indexOf(" ");
  return { rank: Number(text.slice(0, blank)), name: text.slice(blank + 1) };
}

function writerOn(connection: Connection, schema: string): Writer {
  const ids = new Map<string, number>();
  /** Whether a collection holds creation times that are no whole milliseconds, once that was asked. */
  const hasMicroseconds = new Map<number, boolean>();

  async function addCollection(name: string): Promise<number> {
    // Looked up first, since a row that is refused uses up an identity, too. Writers take turns: none comes between.
    const collections = `${schema}.stored_collection`;
    const { id } =
      (await connection.get<{ id: number }>(`SELECT id FROM ${collections} WHERE name = $1`, [name])) ??
      (await connection.get<{ id: number }>(`INSERT INTO ${collections} (name) VALUES ($1) RETURNING id`, [name]))!;
    ids.set(name, id);
    return id;
  }

  return {
    async put(records) {
      const counts = { new: 0, updated: 0, unchanged: records.length };
      /** The rows of the next statement by their keys. */
      const rows = new Map<string, readonly Value[]>();

      async function insert(): Promise<void> {
        const values = [...rows.values()].flat();
        const statement = insertOf(schema, rows.size);
        const added = await connection.run(`${statement} ${UNLESS_THERE}`, values);
        const changed = added < rows.size ? await connection.run(`${statement} ${UNLESS_LATER}`, values) : 0;
        counts.new += added;
        counts.updated += changed;
        counts.unchanged -= added + changed;
        rows.clear();
      }

      for (const { collection, rank, name, updated, body } of records) {
        const id = ids.get(collection) ?? (await addCollection(collection));
        const key = `${id} ${rank} ${name}`;
        // PostgreSQL cannot change a row twice in one statement.
        if (rows.size === BATCH || rows.has(key)) await insert();
        rows.set(key, [id, rank, name, updated, body]);
      }
      if (rows.size > 0) await insert();
      return counts;
    },
    async lookalikes(records) {
      const keys: Value[][] = [];
      for (const { collection, rank, name } of records) {
        const id = ids.get(collection)!;
        // Among times in whole milliseconds there are no lookalikes, and a search for them costs a sixth of an import.
        if (rank % MILLISECOND !== 0) hasMicroseconds.set(id, true);
        else if (!hasMicroseconds.has(id)) {
          const precise = `SELECT 1 FROM ${schema}.dated_record WHERE collection = $1 AND rank % ${MILLISECOND} <> 0 LIMIT 1`;
          hasMicroseconds.set(id, (await connection.get(precise, [id])) !== undefined);
        }
        if (hasMicroseconds.get(id)) keys.push([id, rank, name]);
      }
      let count = 0;
      for (let at = 0; at < keys.length; at += BATCH) {
        const batch = keys.slice(at, at + BATCH);
        // Always of one length: PostgreSQL keeps a plan for each text.
        const values = [...batch.flat(), ...Array<null>(3 * (BATCH - batch.length)).fill(null)];
        const found = await connection.get<{ count: number | string }>(lookalikesIn(schema), values);
        count += Number(found!.count);
      }
      return count;
    },
    async putCollection(name) {
      await addCollection(name);
    },
  };
}

function lookalikesIn(schema: string): string {
  const row = (_: unknown, at: number) =>
    `(CAST($${3 * at + 1} AS integer), CAST($${3 * at + 2} AS bigint), $${3 * at + 3})`;
  return `SELECT count(*) AS count FROM (VALUES ${Array.from({ length: BATCH }, row)}) AS asked
    WHERE EXISTS (SELECT 1 FROM ${schema}.dated_record AS beside WHERE beside.collection = asked.column1
      AND beside.rank > asked.column2 - ${MILLISECOND} AND beside.rank < asked.column2 + ${MILLISECOND}
      AND beside.rank <> asked.column2 AND beside.name = asked.column3)`;
}

function insertOf(schema: string, rows: number): string {
  const row = (_: unknown, at: number) =>
    `($${5 * at + 1}, $${5 * at + 2}, $${5 * at + 3}, $${5 * at + 4}, $${5 * at + 5})`;
  return `INSERT INTO ${schema}.dated_record AS present VALUES ${Array.from({ length: rows }, row)}`;
}

/**
 * Brings the schema to the latest version, and answers the token key.
 * @throws StoreError when it is of a later version
 */
async function migrate(driver: Driver): Promise<Buffer> {
  // The question comes before the lock, so that an instance can start while another imports.
  const found = await schemaOf(driver, driver);
  if (found.version === migrations.length) return found.tokenKey;
  return driver.transaction(async (connection) => {
    // Of several starters one does the work.
    const { version, tokenKey } = await schemaOf(connection, driver);
    for (const step of migrations.slice(version)) await connection.exec(step(driver));
    await connection.exec(`DELETE FROM ${driver.schema}.store_schema`);
    await connection.run(`INSERT INTO ${driver.schema}.store_schema VALUES ($1, $2)`, [migrations.length, tokenKey]);
    return tokenKey;
  });
}

async function schemaOf(connection: Pick<Connection, "get">, { findSchema, name, schema }: Driver) {
  type Found = { version: number; key: Uint8Array };
  const found = (await connection.get(findSchema))
    ? await connection.get<Found>(`SELECT version, token_key AS key FROM ${schema}.store_schema`)
    : undefined;
  if (found === undefined) return { version: 0, tokenKey: randomBytes(32) };
  if (found.version > migrations.length)
    throw new StoreError(`The store ${name} was made by a later version of this package. Update the package.`);
  return { version: found.version, tokenKey: Buffer.from(found.key) };
}
