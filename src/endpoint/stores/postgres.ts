/** A store in PostgreSQL, which endpoints on several machines may share. */
import { hash } from "node:crypto";
import type pg from "pg";
import type { Pool, PoolClient } from "pg";
import { importOptional } from "../../optional-package.ts";
import { type Connection, openSql } from "./sql.ts";
import { type Store, StoreError } from "./store.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** The advisory lock that a migration or a write holds until its transaction ends: "Look" in ASCII. */
const WRITE_LOCK = 0x4c_6f_6f_6b;

/** How long to wait for another writer, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/**
 * Opens the store in a database, in the first schema of its search path.
 * @param options.connections how many connections to keep at most. @default 10
 */
export async function openPostgres(url: string, { connections = 10 }: { connections?: number } = {}): Promise<Store> {
  const installed = await importOptional<{ default: typeof pg }>("pg");
  if (!installed) throw new StoreError("A store in PostgreSQL needs the package pg. Install it:\n  npm install pg");
  const pool = new installed.default.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 10_000 });
  // A connection that breaks is replaced, and the query that needs it rejects; its event, unheard, would end the process.
  pool.on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
  const { rows } = await pool.query<{ schema: string }>("SELECT current_schema() AS schema");
  const schema = rows[0]!.schema;
  return openSql({
    name: "in PostgreSQL",
    schema: `"${schema}"`,
    types: { id: "integer GENERATED ALWAYS AS IDENTITY", text: 'text COLLATE "C"', bytes: "bytea" },
    // Escapes go first: json refuses some that JavaScript reads, such as \u0000.
    numberIn: (member) => String.raw`(regexp_replace(body, '\\.', '', 'g')::json ->> '${member}')::numeric`,
    // Asked of the catalog's tables: to_regclass may answer from a cache of before the lock.
    findSchema: `SELECT FROM pg_tables WHERE schemaname = '${schema}' AND tablename = 'store_schema'`,
    ...connectionOn(pool),
    transaction: (work, signal) => transaction(pool, work, signal),
    close: () => pool.end(),
  });
}

function connectionOn(client: Pool | PoolClient): Connection {
  return {
    exec: (text) => client.query(text),
    async get(text, values = []) {
      // With a name the server keeps the plan. Inserts of a hundred rows would fill its memory.
      const { rows } = await client.query({ name: hash("sha256", text, "base64"), text, values: [...values] });
      return rows[0];
    },
    run: async (text, values) => (await client.query(text, [...values])).rowCount ?? 0,
  };
}

/** Writers take turns, on whichever machine, so that two imports of the same records cannot wait for each other. */
async function transaction<T>(
  pool: Pool,
  work: (connection: Connection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const client = await pool.connect();
  let isWaiting = true;
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`);
    await unlessAborted(client.query("SELECT pg_advisory_xact_lock($1)", [WRITE_LOCK]), signal);
    isWaiting = false;
    const result = await work(connectionOn(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    if (!isWaiting) await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    // A connection that may still wait takes no other statement: it is given up, and its transaction with it.
    client.release(isWaiting);
  }
}
