/** A store in PostgreSQL, which endpoints on several machines may share. */
import type { Pool, PoolClient } from "pg";
import type { Page, Store, StoredRecord, WriteCounts, Writer } from "../store.ts";
import { migrate } from "./postgres-schema.ts";
import { transaction } from "./postgres-transaction.ts";
import { cursorOf, FIRST_RANK, type Last, rankOf } from "./rank.ts";
import { StoreError } from "./store-error.ts";
import { Turns } from "./turns.ts";

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
    return new PostgresStore(pool, await migrate(pool));
  } catch (error) {
    await pool.end();
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message || ("code" in error && error.code) : error;
    throw new StoreError(`Cannot open the store at ${placeOf(url)}: ${reason}.`, { cause: error });
  }
}

class PostgresStore implements Store {
  readonly tokenKey: Buffer;
  readonly #pool: Pool;
  readonly #turns: Turns = new Turns();
  #closing: Promise<void> | undefined;

  constructor(pool: Pool, tokenKey: Buffer) {
    this.#pool = pool;
    this.tokenKey = tokenKey;
  }

  async page(collection: string, { after, limit }: Parameters<Store["page"]>[1]): Promise<Page | undefined> {
    const rank = after === undefined ? FIRST_RANK : rankOf(after.created);
    const values = [collection, rank, after?.name ?? "", limit];
    const { rows } = await this.#pool.query<PageRow>({ name: "page", text: PAGE, values });
    if (rows[0] === undefined) return undefined;
    const { bodies, last, more } = rows[0];
    return { bodies: Buffer.from(bodies ?? ""), last: more ? cursorOf(last!) : undefined };
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#turns.take(() => transaction(this.#pool, (client) => work(new PostgresWriter(client))));
  }

  close(): Promise<void> {
    this.#closing ??= this.#turns.take(() => this.#pool.end());
    return this.#closing;
  }
}

interface PageRow {
  readonly bodies: string | null;
  readonly last: Last | null;
  readonly more: boolean;
}

const ROWS = "FROM stored_record WHERE collection = asked.id AND (rank, name) > ($2, $3) ORDER BY rank, name";

/** One statement reads one snapshot. */
const PAGE = `
  SELECT (SELECT string_agg(body, ',' ORDER BY rank, name) FROM (SELECT rank, name, body ${ROWS} LIMIT $4) AS page) AS bodies,
    (SELECT json_build_array(rank, name) ${ROWS} LIMIT 1 OFFSET $4 - 1) AS last,
    EXISTS (SELECT ${ROWS} LIMIT 1 OFFSET $4) AS more
  FROM stored_collection AS asked WHERE asked.name = $1`;

class PostgresWriter implements Writer {
  readonly #client: PoolClient;
  readonly #ids = new Map<string, number>();

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async put(records: readonly StoredRecord[]): Promise<WriteCounts> {
    const counts: WriteCounts = { new: 0, updated: 0, unchanged: 0 };
    for (const record of records) await this.putCollection(record.collection);
    for (const distinct of withoutRepeats(records)) {
      const values = [
        distinct.map((r) => this.#ids.get(r.collection)),
        distinct.map((r) => rankOf(r.created)),
        distinct.map((r) => r.name),
        distinct.map((r) => r.updated),
        distinct.map((r) => r.body),
      ];
      const { rows } = await this.#client.query<{ new: boolean }>(PUT, values);
      const added = rows.filter((row) => row.new).length;
      counts.new += added;
      counts.updated += rows.length - added;
      counts.unchanged += distinct.length - rows.length;
    }
    return counts;
  }

  async putCollection(name: string): Promise<void> {
    if (this.#ids.has(name)) return;
    const text = `INSERT INTO stored_collection (name) VALUES ($1)
                  ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`;
    const { rows } = await this.#client.query<{ id: number }>(text, [name]);
    this.#ids.set(name, rows[0]!.id);
  }
}

/** A row that was inserted, rather than updated, has no deleting transaction (`xmax`) yet. */
const PUT = `
  INSERT INTO stored_record AS present (collection, rank, name, updated, body)
  SELECT * FROM unnest($1::integer[], $2::bigint[], $3::text[], $4::bigint[], $5::text[])
  ON CONFLICT (collection, rank, name) DO UPDATE SET updated = excluded.updated, body = excluded.body
    WHERE present.updated < excluded.updated OR (present.updated IS NULL AND excluded.updated IS NOT NULL)
  RETURNING xmax = 0 AS new`;

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

/** The server and database of a URL, which may hold a password in several places. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `postgres://${host}${pathname}`;
  } catch {
    return "what is no URL";
  }
}
