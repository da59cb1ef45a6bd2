const BLOCK = 1 << 16;

/** Writes to stdout and waits until the text is on its way: a slow reader slows the listing down. */
export function print(text: string): Promise<void> {
  if (text === "") return Promise.resolve();
  // An error arrives at the stream's "error" listener as well, which ends the command.
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

/** Prints pieces, many at a time. */
export async function printAll(pieces: Iterable<string>): Promise<void> {
  let block = "";
  for (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    await print(block);
    block = "";
  }
  await print(block);
}
