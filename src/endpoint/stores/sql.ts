/** A store in a database: the statements that PostgreSQL and SQLite both understand, word for word. */
import type { Driver } from "./driver.ts";
import { migrate } from "./schema.ts";
import { writerOn } from "./sql-writer.ts";
import { type Cursor, START, type Store, type StoreCounts, StoreUnavailableError } from "./store.ts";

/**
 * One statement reads one snapshot. The bodies are joined in the order of the inner query, which both engines keep: it has
 * a LIMIT, and nothing else is done with its rows.
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

/** A row of {@link pageOf}. */
type PageRow = { bodies: string | null; last: string; more: boolean | number };

/** Makes a store of a database. Migrates it where needed, and closes it when that fails. */
export async function openSql(driver: Driver, signal?: AbortSignal): Promise<Store> {
  try {
    await driver.prepare?.(signal);
    const tokenKey = await migrate(driver, signal);
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
          throw new StoreUnavailableError(`The store ${driver.name} does not respond.`, { cause });
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
