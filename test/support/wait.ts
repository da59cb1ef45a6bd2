/** Waiting for what other parts do in their own time. */

export const tick = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Resolves when it is so; rejects after ten seconds, so that a test fails instead of hanging. */
export async function until(reached: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!reached()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${reached}`);
    await tick(5);
  }
}
