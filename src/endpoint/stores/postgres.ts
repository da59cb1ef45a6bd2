/** A store in PostgreSQL, which endpoints on several machines may share. */
import { randomBytes } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { type Cursor, START, type Store, type StoredRecord, StoreError, type Writer } from "../store.ts";

/** The advisory lock that a migration or a write holds until its transaction ends: "Look" in ASCII. */
const WRITE_LOCK = 0x4c_6f_6f_6b;

/** How long to wait for another writer, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Schema changes in the order of the versions they lead to. Append only. Text is compared by its bytes ("C"). */
const migrations: readonly string[] = [
  `CREATE TABLE store_schema (version integer NOT NULL, token_key bytea NOT NULL);
   CREATE TABLE stored_collection (
     id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     name text COLLATE "C" NOT NULL UNIQUE
   );
   CREATE TABLE stored_record (
     collection integer NOT NULL,
     rank bigint NOT NULL,
     name text COLLATE "C" NOT NULL,
     updated bigint, -- ms since 1970
     body text NOT NULL,
     PRIMARY KEY (collection, rank, name)
   );`,
];

const ROWS = "FROM stored_record WHERE collection = asked.id AND (rank, name) > ($2, $3) ORDER BY rank, name";

/** One statement reads one snapshot. */
const PAGE = `
  SELECT (SELECT string_agg(body, ',' ORDER BY rank, name) FROM (SELECT rank, name, body ${ROWS} LIMIT $4) AS page) AS bodies,
    (SELECT json_build_object('rank', rank, 'name', name) ${ROWS} LIMIT 1 OFFSET $4 - 1) AS last,
    EXISTS (SELECT ${ROWS} LIMIT 1 OFFSET $4) AS more
  FROM stored_collection AS asked WHERE asked.name = $1`;

/** A row of it. */
type PageRow = { bodies: string | null; last: Cursor; more: boolean };

/** Takes records as JSON. A row that was inserted, rather than updated, has no deleting transaction (`xmax`) yet. */
const PUT = `
  INSERT INTO stored_record AS present
  SELECT stored_collection.id, rank, put.name, updated, body
  FROM json_to_recordset($1) AS put (collection text, rank bigint, name text, updated bigint, body text)
    JOIN stored_collection ON stored_collection.name = put.collection
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
    return {
      tokenKey: await migrate(pool),
      async page(collection, { after = START, limit }) {
        const values = [collection, after.rank, after.name, limit];
        const { rows } = await pool.query<PageRow>({ name: "page", text: PAGE, values });
        if (rows[0] === undefined) return undefined;
        const { bodies, last, more } = rows[0];
        return { bodies: Buffer.from(bodies ?? ""), last: more ? last : undefined };
      },
      write: (work) => transaction(pool, (client) => work(writerOn(client))),
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function writerOn(client: PoolClient): Writer {
  const registered = new Set<string>();

  async function putCollection(name: string): Promise<void> {
    if (registered.has(name)) return;
    await client.query("INSERT INTO stored_collection (name) VALUES ($1) ON CONFLICT DO NOTHING", [name]);
    registered.add(name);
  }

  async function put(records: readonly StoredRecord[]) {
    const counts = { new: 0, updated: 0, unchanged: 0 };
    for (const { collection } of records) await putCollection(collection);
    for (const distinct of withoutRepeats(records)) {
      const { rows } = await client.query<{ new: boolean }>(PUT, [JSON.stringify(distinct)]);
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
  let distinct = new Map<string, StoredRecord>();
  for (const record of records) {
    const key = JSON.stringify([record.collection, record.rank, record.name]);
    if (distinct.has(key)) {
      yield [...distinct.values()];
      distinct = new Map();
    }
    distinct.set(key, record);
  }
  if (distinct.size > 0) yield [...distinct.values()];
}

/**
 * Brings the schema to the latest version, and answers the token key.
 * @throws StoreError when it is of a later version
 */
async function migrate(pool: Pool): Promise<Buffer> {
  // The question comes before the lock, so that an instance can start while another imports.
  const found = await schemaOf(pool);
  if (found.version === migrations.length) return found.tokenKey;
  return transaction(pool, async (client) => {
    // Of several starters one does the work.
    const { version, tokenKey } = await schemaOf(client);
    for (const step of migrations.slice(version)) await client.query(step);
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
