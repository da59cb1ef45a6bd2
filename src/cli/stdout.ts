/**
 * Writes to stdout and waits until the text is on its way: a slow reader slows the listing down. Rejects with the
 * signal's reason when it aborts meanwhile.
 */
export function print(text: string, signal?: AbortSignal): Promise<void> {
  if (text === "") return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    // An error also arrives at the stream's "error" listener, which ends the command.
    process.stdout.write(text, () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
  });
}
