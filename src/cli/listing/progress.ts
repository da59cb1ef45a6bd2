/** Shows the progress of a long run on standard error. */
import { oneLine } from "../one-line.ts";

/** The milliseconds before the line appears, and between two updates. */
const PATIENCE = 500;
const INTERVAL = 100;
/** The escape sequence that goes back to the start of the line and clears it. */
const CLEAR = "\r\x1b[K";

/** One line that is updated during the run. Nothing is printed when standard error is no terminal. */
export class Progress {
  readonly #start = performance.now();
  #next = process.stderr.isTTY ? this.#start + PATIENCE : Number.POSITIVE_INFINITY;
  #shown = false;

  /** Updates the line when it is time. @param line Makes the text from the seconds since the start. */
  tell(line: (seconds: number) => string): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + INTERVAL;
    this.#shown = true;
    process.stderr.write(CLEAR + oneLine(line((now - this.#start) / 1000)).slice(0, process.stderr.columns - 1));
  }

  /** Clears the line for good. */
  end(): void {
    this.clear();
    this.#next = Number.POSITIVE_INFINITY;
  }

  /** Clears the line. */
  clear(): void {
    if (this.#shown) process.stderr.write(CLEAR);
    this.#shown = false;
  }
}

/** A count with separators: `1,234,567`. */
export function counted(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
