/** Real databases for the tests of the stores: each knows how to begin afresh and how to come back. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import pg from "pg";
import { openStore } from "../../src/endpoint/stores/index.ts";
import { sqliteEngine as openFile } from "../../src/endpoint/stores/sqlite-engine.ts";
import type { Store } from "../../src/endpoint/stores/store.ts";

/** A kind of store under test. */
export interface Engine {
  /** Whether the records outlive the store that wrote them. */
  readonly keeps: boolean;
  /** Whether there are connections enough to read beside a running write. */
  readonly readsWhileWriting: boolean;
  /** Opens a store with nothing in it. */
  fresh(): Promise<Store>;
  /** Opens what the last fresh one left. */
  again(): Promise<Store>;
  /** Opens a store of version 1 that holds a collection `boards`, its number 1, and these rows. */
  versionOne?(rows: readonly VersionOneRow[]): Promise<Store>;
  dispose(): Promise<void>;
}

/** A row of the table `stored_record` of version 1: its times are milliseconds. */
export interface VersionOneRow {
  readonly collection: number;
  readonly rank: number;
  readonly name: string;
  readonly updated: number | null;
  readonly body: string;
}

/** The statements by which the first release's code writes these rows to an empty database. */
function versionOne(rows: readonly VersionOneRow[], types: { id: string; text: string; bytes: string }, key: string) {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const values = rows.map(
    ({ collection, rank, name, updated, body }) =>
      `(${collection}, ${rank}, ${quoted(name)}, ${updated}, ${quoted(body)})`,
  );
  return `
    CREATE TABLE store_schema (version integer NOT NULL, token_key ${types.bytes} NOT NULL);
    CREATE TABLE stored_collection (id ${types.id} PRIMARY KEY, name ${types.text} NOT NULL UNIQUE);
    CREATE TABLE stored_record (
      collection integer NOT NULL,
      rank bigint NOT NULL,
      name ${types.text} NOT NULL,
      updated bigint, -- ms since 1970
      body text NOT NULL,
      PRIMARY KEY (collection, rank, name)
    );
    INSERT INTO store_schema VALUES (1, ${key});
    INSERT INTO stored_collection (name) VALUES ('boards');
    INSERT INTO stored_record VALUES ${values.join()};`;
}

const KEY = "ab".repeat(32);
const POSTGRES = { id: "integer GENERATED ALWAYS AS IDENTITY", text: 'text COLLATE "C"', bytes: "bytea" };

export const memoryEngine: Engine = {
  keeps: false,
  readsWhileWriting: true,
  fresh: () => openStore(),
  again: () => openStore(),
  dispose: async () => undefined,
};

/** SQLite in files of a temporary folder, with the engine that this Node has. */
export function sqliteEngine(): Engine {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  let count = 0;
  const path = () => join(folder, `${count}.db`);
  return {
    keeps: true,
    readsWhileWriting: true,
    fresh: () => {
      count++;
      return openStore(path());
    },
    again: () => openStore(path()),
    versionOne: async (rows) => {
      count++;
      const file = (await openFile())(path());
      file.exec(`PRAGMA application_id = ${0x4c_4f_4f_4b}; PRAGMA user_version = 2; PRAGMA journal_mode = WAL`);
      file.exec(versionOne(rows, { id: "integer", text: "text", bytes: "blob" }, `x'${KEY}'`));
      file.close();
      return openStore(path());
    },
    dispose: async () => rmSync(folder, { recursive: true }),
  };
}

/** PostgreSQL in this process, behind its wire protocol. It takes one connection at a time. */
export async function pgliteEngine(): Promise<Engine> {
  const database = await PGlite.create();
  const server = new PGLiteSocketServer({ db: database, port: 0 });
  await server.start();
  const open = async () => {
    // It takes one connection at a time, and all share one session with its prepared statements.
    while (server.getStats().activeConnections > 0) await setImmediate();
    await database.exec("DEALLOCATE ALL");
    return openStore(`postgres://postgres@${server.getServerConn()}/postgres?connection_limit=1`);
  };
  return {
    keeps: true,
    readsWhileWriting: false,
    fresh: async () => {
      await database.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      return open();
    },
    again: open,
    versionOne: async (rows) => {
      await database.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      await database.exec(versionOne(rows, POSTGRES, `'\\x${KEY}'`));
      return open();
    },
    dispose: async () => {
      await server.stop();
      await database.close();
    },
  };
}

/** A PostgreSQL server, in schemas of its own that it drops in the end. */
export function postgresEngine(url: string): Engine {
  const prefix = `store_test_${process.pid}`;
  let count = 0;
  return {
    keeps: true,
    readsWhileWriting: true,
    fresh: async () => {
      count++;
      await run(url, `CREATE SCHEMA ${prefix}_${count}`);
      return openStore(inSchema(url, `${prefix}_${count}`));
    },
    again: () => openStore(inSchema(url, `${prefix}_${count}`)),
    versionOne: async (rows) => {
      count++;
      await run(url, `CREATE SCHEMA ${prefix}_${count}`);
      await run(inSchema(url, `${prefix}_${count}`), versionOne(rows, POSTGRES, `'\\x${KEY}'`));
      return openStore(inSchema(url, `${prefix}_${count}`));
    },
    dispose: async () => {
      for (; count > 0; count--) await run(url, `DROP SCHEMA ${prefix}_${count} CASCADE`);
    },
  };
}

/** The URL with a schema of the database as the one to work in. */
export function inSchema(url: string, schema: string): string {
  const changed = new URL(url);
  changed.searchParams.set("options", `-c search_path=${schema}`);
  return changed.href;
}

/** Runs one statement on a PostgreSQL. */
export async function run(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}
