/** The tables of a store in a database, and the migrations from earlier versions. */
import { randomBytes } from "node:crypto";
import { resource } from "../handlers/index.ts";
import type { Connection, Driver } from "./driver.ts";
import { StoreError } from "./store.ts";

/** Schema changes in the order of the versions that they lead to. Append only. */
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
  // Times in microseconds, as bodies have always had them. The table has a new name: a process of version 1 that still
  // runs fails, and adds no records with milliseconds.
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

/** SQL that converts milliseconds to microseconds. The last digits are the body's, if it holds the same time. */
function inMicroseconds(milliseconds: string, seconds: string): string {
  const beyond = `(${seconds} - ${milliseconds} / 1000.0)`;
  return `${milliseconds} * 1000 +
    CASE WHEN abs(${beyond}) < 0.001 THEN CAST(round(${beyond} * 1000000) AS bigint) ELSE 0 END`;
}

/**
 * Brings the schema to the latest version, and gives the token key.
 * @throws StoreError when it is of a later version
 */
export async function migrate(driver: Driver, signal?: AbortSignal): Promise<Buffer> {
  // The version is read before the lock is taken, so that an instance can start while another imports.
  const found = await schemaOf(driver, driver);
  if (found.version === migrations.length) return found.tokenKey;
  return driver.transaction(async (connection) => {
    // Several instances may start at once: the first one does the work.
    const { version, tokenKey } = await schemaOf(connection, driver);
    for (const step of migrations.slice(version)) await connection.exec(step(driver));
    await connection.exec(`DELETE FROM ${driver.schema}.store_schema`);
    await connection.run(`INSERT INTO ${driver.schema}.store_schema VALUES ($1, $2)`, [migrations.length, tokenKey]);
    return tokenKey;
  }, signal);
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
