import { randomBytes } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { transaction } from "./postgres-transaction.ts";
import { StoreError } from "./store-error.ts";

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

interface Schema {
  readonly version: number;
  readonly tokenKey: Buffer;
}

/**
 * Brings the schema to the latest version, and answers the token key.
 * @throws StoreError when it is of a later version
 */
export async function migrate(pool: Pool): Promise<Buffer> {
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

async function schemaOf(client: Pool | PoolClient): Promise<Schema> {
  // Asked of the catalog's tables: to_regclass may answer from a cache of before the lock.
  const table = "SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'store_schema'";
  const { rowCount } = await client.query(table);
  if (rowCount === 0) return { version: 0, tokenKey: randomBytes(32) };
  const { rows } = await client.query<Schema>('SELECT version, token_key AS "tokenKey" FROM store_schema');
  const schema = rows[0]!;
  if (schema.version <= migrations.length) return schema;
  throw new StoreError("The store in PostgreSQL was made by a later version of this package. Update the package.");
}
