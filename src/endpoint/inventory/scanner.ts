/** JSON as it comes, looked at byte by byte: where values end, and what stands between them. */
import type { ValuePath } from "../../contract.ts";

const [NEWLINE, QUOTE, COLON] = [0x0a, 0x22, 0x3a];
const [OPEN_BRACKET, BACKSLASH, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5c, 0x5d, 0x7b, 0x7d];
const BLANKS: Buffer = Buffer.from(" \t\r\n");
const OPENING: Buffer = Buffer.from('{["');
const DELIMITERS: Buffer = Buffer.from(' \t\r\n,{}[]"');

/** No value is longer than so many bytes, records of a page not counted: what seems to be misses a bracket. */
const LONGEST = 1 << 20;

/** What the scanner's methods run in: they yield when they need more bytes, and go on with them. */
export type Waiting<Result> = Generator<undefined, Result, void>;

/** Stands for the end of the file where a byte is asked for. */
export const END = -1;

/** Brackets or quotes do not match: nobody can tell where the next record begins. */
export class BrokenJson extends Error {
  /** The line, from 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** A window on the bytes of a file. */
export class Scanner {
  /** The line of the next byte, from 1. */
  line = 1;
  #bytes: Buffer = Buffer.alloc(0);
  #ended = false;
  /** The next byte to look at. */
  #at = 0;
  /** The first byte that is still needed. */
  #mark = 0;

  append(bytes: Buffer): void {
    const rest = this.#bytes.subarray(this.#mark);
    this.#bytes = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    this.#at -= this.#mark;
    this.#mark = 0;
  }

  end(): void {
    this.#ended = true;
  }

  /** Passes over so many bytes. */
  skip(count: number): void {
    this.#at += count;
  }

  /** Has {@link text} begin here. */
  mark(): void {
    this.#mark = this.#at;
  }

  /** What was passed over since the mark. */
  text(): string {
    return this.#bytes.toString("utf8", this.#mark, this.#at);
  }

  /** Goes to the next byte that is not blank, and answers it, or {@link END}. */
  *next(): Waiting<number> {
    do {
      for (; this.#at < this.#bytes.length; this.#at++) {
        const byte = this.#bytes[this.#at]!;
        if (byte === NEWLINE) this.line++;
        else if (!BLANKS.includes(byte)) return byte;
      }
      this.#mark = this.#at;
    } while (yield* this.more());
    return END;
  }

  /** Whether nothing more stands on this line, and another one follows. Goes up to its end if so. */
  *isLineEnd(): Waiting<boolean> {
    do {
      for (; this.#at < this.#bytes.length; this.#at++) {
        const byte = this.#bytes[this.#at]!;
        if (byte === NEWLINE) return true;
        if (!BLANKS.includes(byte)) return false;
      }
      this.#mark = this.#at;
    } while (yield* this.more());
    return false;
  }

  /** Answers the line that begins here and goes behind it; undefined when its end has not come yet. */
  takeLine(): string | undefined {
    this.#mark = this.#at;
    const end = this.#bytes.indexOf(NEWLINE, this.#at);
    if (end < 0) {
      this.#checkLength(this.#bytes.length, this.line);
      return undefined;
    }
    this.#at = end + 1;
    this.line++;
    return this.#bytes.toString("utf8", this.#mark, end);
  }

  /** All that has come and was not passed over. */
  rest(): string {
    return this.#bytes.toString("utf8", this.#at);
  }

  /**
   * Goes behind the value that begins here and answers 0; or to the list that it has at `path`, and answers how deep
   * that is.
   *
   * @param depth where to go on: 0 at the beginning of a value, behind such a list what was answered there
   * @param line where the value begins
   * @param path the keys on the way to the list, each in quotes
   */
  *value(depth: number, line: number, path?: ValuePath): Waiting<number> {
    const keys: string[] = [];
    if (depth === 0 && !OPENING.includes(this.#bytes[this.#at]!)) return yield* this.#word();
    let inString = false;
    let quote = 0;
    for (;;) {
      const bytes = this.#bytes;
      let at = this.#at;
      while (at < bytes.length) {
        const byte = bytes[at++]!;
        if (inString) {
          if (byte === BACKSLASH) at++;
          else if (byte === NEWLINE) throw new BrokenJson("A string does not end", this.line);
          if (byte !== QUOTE) continue;
          inString = false;
        } else if (byte === QUOTE) {
          inString = true;
          quote = at - 1 - this.#mark;
          continue;
        } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
          if (byte === OPEN_BRACKET && depth === path?.length && path.every((key, i) => keys[i + 1] === key)) {
            this.#at = at - 1;
            return depth;
          }
          depth++;
          if (keys.length > depth) keys.length = depth;
        } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
          depth--;
        } else if (byte === COLON) {
          if (path !== undefined) keys[depth] = bytes.toString("utf8", this.#mark + quote, at - 1).trimEnd();
        } else if (byte === NEWLINE) {
          this.line++;
        }
        if (depth === 0) {
          this.#at = at;
          return 0;
        }
      }
      this.#at = at;
      this.#checkLength(at, line);
      if (!(yield* this.more())) throw new BrokenJson("The file ends before what begins here does", line);
    }
  }

  /** Goes behind a number, `true`, `false` or `null`. */
  *#word(): Waiting<0> {
    do {
      while (this.#at < this.#bytes.length && !DELIMITERS.includes(this.#bytes[this.#at]!)) this.#at++;
      this.#checkLength(this.#at, this.line);
    } while (this.#at === this.#bytes.length && (yield* this.more()));
    if (/^(true|false|null|-?\d[\d.eE+-]*)$/.test(this.text())) return 0;
    const shown = this.text().slice(0, 40) || String.fromCharCode(this.#bytes[this.#at]!);
    throw new BrokenJson(`This is not JSON: ${shown}`, this.line);
  }

  /** Waits for more bytes; false when there are none. */
  *more(): Waiting<boolean> {
    if (!this.#ended) yield undefined;
    return !this.#ended;
  }

  #checkLength(end: number, line: number): void {
    if (end - this.#mark > LONGEST) throw new BrokenJson(`What begins here does not end within ${LONGEST} bytes`, line);
  }
}
