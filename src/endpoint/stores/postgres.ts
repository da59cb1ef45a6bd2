/** A store in PostgreSQL, which endpoints on several machines may share. */
import type pg from "pg";
import { importOptional } from "../../optional-package.ts";
import type { Connection, Driver, Value } from "./driver.ts";
import { type Connections, connectionsTo, isOutage, isReusableAfter, type Lease } from "./postgres-connections.ts";
import { openSql } from "./sql.ts";
import { type Store, StoreError, StoreUnavailableError } from "./store.ts";
import { within } from "./unless-aborted.ts";

/** How many connections an endpoint keeps at most, unless its URL says `connection_limit`. */
const CONNECTIONS = 10;

/** The advisory lock that a migration or a write holds until its transaction ends: "Look" in ASCII. */
const WRITE_LOCK = 0x4c_6f_6f_6b;

/** How long to wait for another writer, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Milliseconds for a read: callers do not wait much longer. */
const READ_TIMEOUT = 5_000;

/** Milliseconds for a statement of a write, for one of a migration, and for a connection to write on. */
const WRITE_TIMEOUT = 60_000;
const MIGRATION_TIMEOUT = 3_600_000;
const WRITE_PATIENCE = 30_000;

/**
 * Milliseconds for which a transaction may wait for its next statement, as while an import reads a slow file. A machine
 * that is switched off in the middle of one holds the lock for as long.
 */
const IDLE_TIMEOUT = 600_000;

/** Begins a transaction whose settings no database, role or URL changes. The last one exists from PostgreSQL 17 on. */
const BEGIN = `
  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SET LOCAL lock_timeout = ${LOCK_TIMEOUT};
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = ${IDLE_TIMEOUT};
  SELECT set_config(name, '0', true) FROM pg_catalog.pg_settings WHERE name = 'transaction_timeout'`;

/** Opens the store in a database, in the first schema of its search path. */
export async function openPostgres(url: string, signal?: AbortSignal): Promise<Store> {
  const installed = await importOptional<{ default: typeof pg }>("pg");
  if (!installed) throw new StoreError("A store in PostgreSQL needs the package pg. Install it:\n  npm install pg");
  const connections = connectionsTo(url, connectionLimit(url), installed.default);
  const get: Connection["get"] = (text, values) => read(connections, text, values);
  const giveUp = () => void connections.close(0);
  signal?.addEventListener("abort", giveUp);
  try {
    const schema = (await get<{ name: string | null }>("SELECT current_schema() AS name"))?.name;
    if (!schema) throw new StoreError("The search path of the database names no schema that exists. Make one.");
    const driver: Driver = {
      name: "in PostgreSQL",
      schema: `"${schema.replaceAll('"', '""')}"`,
      types: { id: "integer GENERATED ALWAYS AS IDENTITY", text: 'text COLLATE "C"', bytes: "bytea" },
      // Escapes go first: json refuses some that JavaScript reads, such as \u0000.
      numberIn: (member) => String.raw`(regexp_replace(body, '\\.', '', 'g')::json ->> '${member}')::numeric`,
      // The catalog's tables are asked: to_regclass may read a cache from before the lock.
      findSchema: `SELECT FROM pg_catalog.pg_tables
        WHERE schemaname = '${schema.replaceAll("'", "''")}' AND tablename = 'store_schema'`,
      get,
      transaction: (work, signal) => transaction(connections, work, signal),
      close: () => connections.close(),
    };
    return await openSql(driver, signal);
  } catch (error) {
    await connections.close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}

/** The parameter `connection_limit` of a URL. The driver passes over it. */
function connectionLimit(url: string): number {
  const given = /[?&]connection_limit=([^&]*)/.exec(url)?.[1];
  const limit = Number(given ?? CONNECTIONS);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new StoreError(`connection_limit must be a whole number above 0, not "${given}".`);
}

/** Reads the first row of a statement, which has no name: a pooler lends its connections to other sessions as well. */
async function read<Row>(
  connections: Connections,
  text: string,
  values: readonly Value[] = [],
): Promise<Row | undefined> {
  let lease: Lease | undefined;
  let isBroken = false;
  const start = performance.now();
  try {
    lease = await connections.lease();
    const { rows } = await within(READ_TIMEOUT, lease.client.query({ text, values: [...values] }));
    return rows[0];
  } catch (error) {
    isBroken = !isReusableAfter(error);
    if (isBroken) connections.distrust(start);
    throw unavailable(error);
  } finally {
    lease?.release(isBroken);
  }
}

/** Writers take turns, on whichever machine, so that two imports of the same records cannot wait for each other. */
async function transaction<T>(
  connections: Connections,
  work: (connection: Connection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { client, release } = await connections.lease({ patience: WRITE_PATIENCE, signal }).catch((error) => {
    signal?.throwIfAborted();
    throw unavailable(error);
  });
  /** Whether the last statement has ended, so that the connection takes another. */
  let isReady = true;

  /** Waits for a statement. `stop` ends the waiting, and the use of the connection with it. */
  async function wait<Result>(query: Promise<Result>, milliseconds: number, stop?: AbortSignal): Promise<Result> {
    isReady = false;
    try {
      const result = await within(milliseconds, query, stop);
      isReady = true;
      return result;
    } catch (error) {
      isReady = isReusableAfter(error);
      throw stop?.aborted && error === stop.reason ? error : unavailable(error);
    }
  }

  const ask = <Result>(query: Promise<Result>, milliseconds = WRITE_TIMEOUT) => wait(query, milliseconds, signal);

  try {
    await ask(client.query(BEGIN));
    const lock = client.query("SELECT pg_advisory_xact_lock($1)", [WRITE_LOCK]);
    await ask(lock, LOCK_TIMEOUT + WRITE_TIMEOUT);
    const result = await work({
      exec: (text) => ask(client.query(text), MIGRATION_TIMEOUT),
      get: async (text, values = []) => (await ask(client.query(text, [...values]))).rows[0],
      run: async (text, values) => (await ask(client.query(text, [...values]))).rowCount ?? 0,
    });
    // The signal does not stop a COMMIT: nobody could tell whether the write was kept.
    const { command } = await wait(client.query("COMMIT"), WRITE_TIMEOUT).catch((error) => {
      throw error instanceof StoreUnavailableError ? uncertain(error.cause) : error;
    });
    if (command !== "COMMIT") throw new StoreError("PostgreSQL rolled the write back, since a statement had failed.");
    return result;
  } catch (error) {
    if (isReady) await wait(client.query("ROLLBACK"), READ_TIMEOUT).catch(() => undefined);
    throw error;
  } finally {
    release(!isReady);
  }
}

/** Gives a StoreUnavailableError for an outage, and any other error as it is. */
function unavailable(error: unknown): unknown {
  if (error instanceof StoreError || !isOutage(error)) return error;
  const reason = error instanceof Error ? error.message : error;
  return new StoreUnavailableError(`The store in PostgreSQL is not available: ${reason}.`, { cause: error });
}

function uncertain(cause: unknown): StoreError {
  return new StoreError(
    "The connection to PostgreSQL was lost while the write was committed: it may have been kept. To import again is safe: a record that is there stays as it is.",
    { cause },
  );
}
