import type { Pool, PoolClient } from "pg";

/** The advisory lock that a migration or a write holds until its transaction ends: "Look" in ASCII. */
const WRITE_LOCK = 0x4c_6f_6f_6b;

/** How long to wait for another writer, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/**
 * Runs `work` in a transaction: when it rejects, nothing of it is kept. Writers take turns, on whichever machine, so
 * that two imports of the same records cannot wait for each other.
 */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
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
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken ??= failure;
    });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
