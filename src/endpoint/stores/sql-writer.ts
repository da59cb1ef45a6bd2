/** Writes records, a hundred in one statement. */
import type { Connection, Value } from "./driver.ts";
import type { Writer } from "./store.ts";

const UNLESS_THERE = "ON CONFLICT DO NOTHING";
const UNLESS_LATER = `
  ON CONFLICT (collection, rank, name) DO UPDATE SET updated = excluded.updated, body = excluded.body
  WHERE present.updated < excluded.updated OR (present.updated IS NULL AND excluded.updated IS NOT NULL)`;

/** In microseconds. */
const MILLISECOND = 1000;

/** Rows in one statement: a call costs as much as a row, or more. */
const BATCH = 100;

export function writerOn(connection: Connection, schema: string): Writer {
  const ids = new Map<string, number>();
  /** Whether a collection holds creation times that are no whole milliseconds, by its id. */
  const hasMicroseconds = new Map<number, boolean>();

  async function addCollection(name: string): Promise<number> {
    // The lookup comes first: a row that is there uses up an identity, too. Writers take turns, so no other adds it.
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
