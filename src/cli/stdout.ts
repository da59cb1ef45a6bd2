import { once } from "node:events";

/** Characters in a write to stdout, each of which has its cost. */
const BLOCK = 1 << 16;

/**
 * Writes pieces to stdout, many at once, and waits for a slow reader: it slows the listing down. Rejects with the
 * signal's reason when it aborts meanwhile.
 */
export async function print(pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
  let block = "";
  const flush = async () => {
    // An error also arrives at the stream's "error" listener, which ends the command.
    if (!process.stdout.write(block))
      await once(process.stdout, "drain", { signal }).catch(() => signal.throwIfAborted());
    block = "";
  };
  for (const piece of pieces) {
    block += piece;
    if (block.length >= BLOCK) await flush();
  }
  await flush();
}
