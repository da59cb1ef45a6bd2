import { oneLine } from "../one-line.ts";

/** Milliseconds before the first word, and between two. */
const PATIENCE = 500;
const INTERVAL = 100;
/** Back to the start of the line, and clear it. */
const CLEAR = "\r\x1b[K";

/** A line on stderr that tells how far a long run has come, and is gone at its end. Nothing but on a terminal. */
export class Progress {
  readonly #start = performance.now();
  #next = process.stderr.isTTY ? this.#start + PATIENCE : Number.POSITIVE_INFINITY;
  #shown = false;

  /** @param line Makes the line, of the seconds since the start. */
  tell(line: (seconds: number) => string): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + INTERVAL;
    this.#shown = true;
    process.stderr.write(CLEAR + oneLine(line((now - this.#start) / 1000)).slice(0, process.stderr.columns - 1));
  }

  /** Takes the line away for good. */
  end(): void {
    this.clear();
    this.#next = Number.POSITIVE_INFINITY;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) process.stderr.write(CLEAR);
    this.#shown = false;
  }
}

/** A count as people write it: `1,234,567`. */
export function counted(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
