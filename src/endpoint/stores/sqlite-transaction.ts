import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./sqlite-engine.ts";

/** How long to wait for another process to finish its write, in ms. An import of millions takes a minute. */
const LOCK_TIMEOUT = 300_000;

/** Runs `work` in a transaction: when it rejects, nothing of it is kept. */
export async function transaction<T>(database: Database, work: () => Promise<T>): Promise<T> {
  await unlessBusy(() => database.exec("BEGIN IMMEDIATE"));
  try {
    const result = await work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      database.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    throw error;
  }
}

/** Tries again while another process holds the lock. SQLite's own waiting would stop the event loop. */
export async function unlessBusy(attempt: () => unknown): Promise<void> {
  const deadline = performance.now() + LOCK_TIMEOUT;
  for (;;) {
    try {
      attempt();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await sleep(20);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is (locked|busy)/i.test(error.message);
}
