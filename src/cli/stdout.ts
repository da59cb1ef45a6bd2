import { once } from "node:events";

/**
 * Writes to stdout, and waits for a slow reader: it slows the listing down. Rejects with the signal's reason when it
 * aborts meanwhile.
 */
export async function print(text: string, signal?: AbortSignal): Promise<void> {
  if (process.stdout.write(text)) return;
  // An error also arrives at the stream's "error" listener, which ends the command.
  await once(process.stdout, "drain", { signal }).catch((error) => {
    throw signal?.aborted ? signal.reason : error;
  });
}
