/** A store in PostgreSQL, which endpoints on several machines may share. */
import { randomBytes } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { Store, StoredRecord, Writer } from "../store.ts";
import { cursorOf, FIRST_RANK, type Last, rankOf } from "./rank.ts";
import { openingError, StoreError } from "./store-error.ts";
import { inTurns } from "./turns.ts";

/** The advisory lock that a migration or a write holds until its transaction ends: "Look" in ASCII. */
const WRITE_LOCK = 0x4c_6f_6f_6b;

/** How long to wait for another writer, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Schema changes in the order of the versions they lead to. Append only. Text is compared by its bytes ("C"). */
const migrations: readonly string[] = [
  `CREATE TABLE stored_collection (
     id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     name text COLLATE "C" NOT NULL UNIQUE
   );
   CREATE TABLE stored_record (
     collection integer NOT NULL,
     rank bigint NOT NULL, -- see rank.ts
     name text COLLATE "C" NOT NULL,
     updated bigint,       -- ms since 1970
     body text NOT NULL,
     PRIMARY KEY (collection, rank, name)
   );`,
];

const ROWS = "FROM stored_record WHERE collection = asked.id AND (rank, name) > ($2, $3) ORDER BY rank, name";

/** One statement reads one snapshot. */
const PAGE = `
  SELECT (SELECT string_agg(body, ',' ORDER BY rank, name) FROM (SELECT rank, name, body ${ROWS} LIMIT $4) AS page) AS bodies,
    (SELECT json_build_array(rank, name) ${ROWS} LIMIT 1 OFFSET $4 - 1) AS last,
    EXISTS (SELECT ${ROWS} LIMIT 1 OFFSET $4) AS more
  FROM stored_collection AS asked WHERE asked.name = $1`;

interface PageRow {
  readonly bodies: string | null;
  readonly last: Last | null;
  readonly more: boolean;
}

/** A row that was inserted, rather than updated, has no deleting transaction (`xmax`) yet. */
const PUT = `
  INSERT INTO stored_record AS present (collection, rank, name, updated, body)
  SELECT * FROM unnest($1::integer[], $2::bigint[], $3::text[], $4::bigint[], $5::text[])
  ON CONFLICT (collection, rank, name) DO UPDATE SET updated = excluded.updated, body = excluded.body
    WHERE present.updated < excluded.updated OR (present.updated IS NULL AND excluded.updated IS NOT NULL)
  RETURNING xmax = 0 AS new`;

/**
 * Opens the store in a database, in the first schema of its search path.
 * @param options.connections how many connections to keep at most. @default 10
 */
export async function openPostgres(url: string, { connections = 10 }: { connections?: number } = {}): Promise<Store> {
  const { default: pg } = await import("pg").catch((error: unknown) => {
    throw new StoreError("A store in PostgreSQL needs the package pg. Install it:\n  npm install pg", { cause: error });
  });
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle is replaced when the next one is asked for; unheard, it would end the process.
  pool.on("error", () => undefined);
  try {
    return inTurns({
      tokenKey: await migrate(pool),
      async page(collection, { after, limit }) {
        const rank = after === undefined ? FIRST_RANK : rankOf(after.created);
        const values = [collection, rank, after?.name ?? "", limit];
        const { rows } = await pool.query<PageRow>({ name: "page", text: PAGE, values });
        if (rows[0] === undefined) return undefined;
        const { bodies, last, more } = rows[0];
        return { bodies: Buffer.from(bodies ?? ""), last: more ? cursorOf(last!) : undefined };
      },
      write: (work) => transaction(pool, (client) => work(writerOn(client))),
      close: () => pool.end(),
    });
  } catch (error) {
    await pool.end();
    throw openingError(`at ${placeOf(url)}`, error);
  }
}

function writerOn(client: PoolClient): Writer {
  const ids = new Map<string, number>();

  async function putCollection(name: string): Promise<void> {
    if (ids.has(name)) return;
    const text = `INSERT INTO stored_collection (name) VALUES ($1)
                  ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`;
    const { rows } = await client.query<{ id: number }>(text, [name]);
    ids.set(name, rows[0]!.id);
  }

  async function put(records: readonly StoredRecord[]) {
    const counts = { new: 0, updated: 0, unchanged: 0 };
    for (const { collection } of records) await putCollection(collection);
    for (const distinct of withoutRepeats(records)) {
      const values = [
        distinct.map((r) => ids.get(r.collection)),
        distinct.map((r) => rankOf(r.created)),
        distinct.map((r) => r.name),
        distinct.map((r) => r.updated),
        distinct.map((r) => r.body),
      ];
      const { rows } = await client.query<{ new: boolean }>(PUT, values);
      const added = rows.filter((row) => row.new).length;
      counts.new += added;
      counts.updated += rows.length - added;
      counts.unchanged += distinct.length - rows.length;
    }
    return counts;
  }

  return { put, putCollection };
}

/** Cuts the list where a key comes again, since one statement of PostgreSQL cannot change a row twice. */
function* withoutRepeats(records: readonly StoredRecord[]): Generator<readonly StoredRecord[]> {
  const keys = new Set<string>();
  let start = 0;
  for (const [at, { collection, created, name }] of records.entries()) {
    const key = JSON.stringify([collection, created, name]);
    if (keys.has(key)) {
      yield records.slice(start, at);
      start = at;
      keys.clear();
    }
    keys.add(key);
  }
  if (start < records.length) yield records.slice(start);
}

/**
 * Brings the schema to the latest version, and answers the token key.
 * @throws StoreError when it is of a later version
 */
async function migrate(pool: Pool): Promise<Buffer> {
  // The question comes before the lock, so that an instance can start while another imports.
  const { version, tokenKey } = await schemaOf(pool);
  if (version === migrations.length) return tokenKey;
  return transaction(pool, async (client) => {
    const { version, tokenKey } = await schemaOf(client);
    if (version === migrations.length) return tokenKey;
    for (const step of migrations.slice(version)) await client.query(step);
    await client.query("CREATE TABLE IF NOT EXISTS store_schema (version integer NOT NULL, token_key bytea NOT NULL)");
    await client.query("DELETE FROM store_schema");
    await client.query("INSERT INTO store_schema VALUES ($1, $2)", [migrations.length, tokenKey]);
    return tokenKey;
  });
}

async function schemaOf(client: Pool | PoolClient): Promise<{ version: number; tokenKey: Buffer }> {
  // Asked of the catalog's tables: to_regclass may answer from a cache of before the lock.
  const table = "SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'store_schema'";
  const { rowCount } = await client.query(table);
  if (rowCount === 0) return { version: 0, tokenKey: randomBytes(32) };
  const { rows } = await client.query('SELECT version, token_key AS "tokenKey" FROM store_schema');
  if (rows[0].version <= migrations.length) return rows[0];
  throw new StoreError("The store in PostgreSQL was made by a later version of this package. Update the package.");
}

/**
 * Runs `work` in a transaction: when it rejects, nothing of it is kept. Writers take turns, on whichever machine, so
 * that two imports of the same records cannot wait for each other.
 */
async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Lost while the client is out of the pool; the query that needs it rejects.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${LOCK_TIMEOUT}`);
    await client.query("SELECT pg_advisory_xact_lock($1)", [WRITE_LOCK]);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(onError);
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/** The server and database of a URL, which may hold a password in several places. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `postgres://${host}${pathname}`;
  } catch {
    return "what is no URL";
  }
}
