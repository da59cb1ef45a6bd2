import type { ValuePath } from "../../json.ts";
import type { Segment } from "./segment.ts";

/** Takes the next chunk of text, or `undefined` at the end, and gives the segments that it completes. */
type Splitter<Result> = Generator<Segment[], Result, string | undefined>;

/** The most bytes of one value, a page's records not counted: a longer one lacks a bracket. */
const MAX_VALUE_BYTES = 1 << 20;

// Each pattern matches many characters at once: a look at every character would cost as much as parsing.
const WHITESPACE = /[ \t\r\n]*/y;
const LITERAL = /[^ \t\r\n,{}[\]"]*/y;
const STRING = /(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*")?/sy;
/** Everything up to a bracket outside of strings. */
const UP_TO_BRACKET = /[^"{}[\]]*(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"[^"{}[\]]*)*/sy;

class Unreadable extends Error {}

/**
 * Splits an inventory into records, whatever its shape: pages, records, lists of either, any number of them in a row,
 * or a record a line. It matches brackets and quotes and leaves the rest to `JSON.parse`, which is 3.4 times as fast
 * as a streaming parser. It keeps one record at a time.
 *
 * @param path the path to the records of a page
 */
export function* split(path: ValuePath): Splitter<Segment[]> {
  const pageKeys = path.map((key) => JSON.stringify(key));
  let segments: Segment[] = [];
  let buffer = "";
  /** Where the current token begins in the buffer, and in which line; and the position of the next character. */
  let start = 0;
  let line = 1;
  let position = 0;
  let isAtEnd = false;

  try {
    while (buffer === "" && (yield* refill())) if (buffer.startsWith("\ufeff")) position++;
    yield* readInput();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return segments;

  /** Gives up: when brackets or quotes do not match, nothing tells where the next record begins. */
  function fail(reason: string, firstLine = line): never {
    segments.push({ kind: "broken", text: reason, line: firstLine });
    throw new Unreadable(reason);
  }

  /** Waits for the next chunk of a value, which begins in line `firstLine`; false when there is none. */
  function* refill(firstLine = line): Splitter<boolean> {
    buffer = buffer.slice(start);
    position -= start;
    start = 0;
    if (Buffer.byteLength(buffer) > MAX_VALUE_BYTES)
      fail(`The value that begins here does not end within ${MAX_VALUE_BYTES} bytes`, firstLine);
    if (isAtEnd) return false;
    const complete = segments;
    segments = [];
    const chunk = yield complete;
    isAtEnd = chunk === undefined;
    buffer += chunk ?? "";
    return !isAtEnd;
  }

  /** Advances behind a match of the pattern, which may be empty. */
  function advance(pattern: RegExp): void {
    pattern.lastIndex = position;
    pattern.test(buffer);
    position = pattern.lastIndex;
  }

  /** Ends the current token, counts its lines and returns it. */
  function consume(): string {
    const token = buffer.slice(start, position);
    for (let end = token.indexOf("\n"); end >= 0; end = token.indexOf("\n", end + 1)) line++;
    start = position;
    return token;
  }

  /** Skips whitespace and returns the character behind it; undefined at the end. */
  function* skipWhitespace(): Splitter<string | undefined> {
    do {
      advance(WHITESPACE);
      consume();
    } while (position === buffer.length && (yield* refill()));
    return buffer[position];
  }

  function* readInput(): Splitter<void> {
    let firstLine = 0;
    let hadItsLine = false;
    for (let next = yield* skipWhitespace(); next !== undefined; next = yield* skipWhitespace()) {
      // The first record had a line to itself, so the others have one, too.
      if (hadItsLine && line > firstLine) return yield* readLines();
      firstLine = line;
      if (next === "[") yield* readList(pageKeys);
      else yield* readElement(pageKeys);
      hadItsLine = next !== "[" && segments.at(-1)?.kind === "record" && line === firstLine;
    }
  }

  /** Reads a record a line to the end. A broken record ends with its line. */
  function* readLines(): Splitter<void> {
    while (!isAtEnd) {
      const end = buffer.indexOf("\n", position);
      position = end < 0 ? buffer.length : end + 1;
      if (end < 0 && (yield* refill())) continue;
      const record = buffer.slice(start, position).trim();
      if (record !== "") segments.push({ kind: "record", text: record, line });
      start = position;
      line++;
    }
  }

  function* readList(keys: readonly string[]): Splitter<void> {
    const firstLine = line;
    let last = "[";
    position++;
    for (let next = yield* skipWhitespace(); next !== "]"; next = yield* skipWhitespace()) {
      if (next === undefined) fail("The file ends before the list that begins here does", firstLine);
      if (last !== "element") {
        yield* readElement(keys);
        last = "element";
      } else if (next === ",") {
        position++;
        last = ",";
      } else fail("A comma is missing between two elements of a list");
    }
    if (last === ",") fail("A comma stands before the end of a list");
    position++;
    consume();
  }

  /** @param keys the path to the records, should the element be a page */
  function* readElement(keys: readonly string[]): Splitter<void> {
    const firstLine = line;
    let head = "";
    const first = buffer[position];
    if (first === "{" || first === "[") head = yield* readContainer(keys);
    else if (first !== '"') yield* readLiteral();
    else for (advance(STRING); position === start; advance(STRING)) yield* refillInside(firstLine);
    segments.push({ kind: head === "" ? "record" : "page", text: head + consume(), line: firstLine });
  }

  /** Advances behind an object or a list. Cuts out the records of a page, and returns the text before them. */
  function* readContainer(keys: readonly string[]): Splitter<string> {
    const firstLine = line;
    let head = "";
    let depth = 0;
    /** How many of the keys lead here. */
    let matched = 0;
    do {
      const bracket = buffer[position];
      if (bracket === undefined || bracket === '"') yield* refillInside(firstLine);
      else if (bracket === "}" || bracket === "]") {
        position++;
        depth--;
        matched = Math.min(matched, depth - 1);
      } else {
        if (depth === matched + 1 && matched < keys.length && followsKey(keys[matched]!)) matched++;
        if (bracket === "[" && depth > 0 && depth === matched && matched === keys.length) {
          head += `${consume()}[]`;
          yield* readList([]);
          matched--;
        } else {
          position++;
          depth++;
        }
      }
      if (depth > 0) advance(UP_TO_BRACKET);
    } while (depth > 0);
    return head;
  }

  /** Whether the next character follows a key. It looks back no further than the key, however long the value is. */
  function followsKey(key: string): boolean {
    const before = buffer.slice(start, position).trimEnd();
    return before.endsWith(":") && before.slice(0, -1).trimEnd().endsWith(key);
  }

  /** Waits for the rest of a value, which continues inside a string or between its brackets. */
  function* refillInside(firstLine: number): Splitter<void> {
    if (/^"(?:[^"\\\n]|\\.)*\n/s.test(buffer.slice(position))) {
      consume();
      fail("A string does not end");
    }
    if (!(yield* refill(firstLine))) fail("The file ends before the value that begins here does", firstLine);
  }

  /** A number, `true`, `false` or `null`. */
  function* readLiteral(): Splitter<void> {
    do advance(LITERAL);
    while (position === buffer.length && (yield* refill()));
    const literal = buffer.slice(start, position);
    if (!/^(true|false|null|-?\d[\d.eE+-]*)$/.test(literal))
      fail(`This is not JSON: ${literal.slice(0, 40) || buffer[position]}`);
  }
}
