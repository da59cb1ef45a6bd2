/** Waits for events, for a limited time. */
import { setTimeout as sleep } from "node:timers/promises";

export const tick = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves when the condition holds. Rejects after ten seconds, so that a test fails instead of hanging. */
export async function until(reached: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!reached()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${reached}`);
    await tick(5);
  }
}

/** Waits for a promise for at most ten seconds, so that a test fails instead of hanging. */
export function inTime<T>(awaited: Promise<T>): Promise<T | "not in time"> {
  return Promise.race([awaited, sleep(10_000, "not in time" as const, { ref: false })]);
}
