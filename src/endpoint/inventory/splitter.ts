import type { ValuePath } from "../../contract/contract.ts";

/** A part of an inventory. */
export interface Segment {
  /**
   * A record, or a page that stands in place of one; what is left of a page once its records are cut out; or the place
   * from which on nothing can be read, since brackets or quotes do not match.
   */
  readonly kind: "record" | "page" | "broken";
  /** JSON, not parsed yet; of a broken piece the reason. */
  readonly text: string;
  /** The line it begins in, from 1. */
  readonly line: number;
}

/** Takes the text that follows, or `undefined` at its end, and gives the pieces that it completes. */
type Splitting<Result> = Generator<Segment[], Result, string | undefined>;

/** No value is longer than so many bytes, records of a page not counted: what seems to be misses a bracket. */
const LONGEST = 1 << 20;

// What is passed over at once, since a look at each character would cost as much as parsing.
const BLANKS = /[ \t\r\n]*/y;
const WORD = /[^ \t\r\n,{}[\]"]*/y;
const STRING = /(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*")?/sy;
const BETWEEN_BRACKETS = /[^"{}[\]]*(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"[^"{}[\]]*)*/sy;

class Unreadable extends Error {}

/**
 * Cuts an inventory into records, whatever its shape: pages, records, lists of either, any number of them in a row, or
 * a record a line. It looks at brackets and quotes and leaves the rest to `JSON.parse`, which is three times as fast
 * as a parser that streams. It keeps one record at a time.
 *
 * @param path where a page has its records
 */
export function* split(path: ValuePath): Splitting<Segment[]> {
  const pageKeys = path.map((key) => JSON.stringify(key));
  let found: Segment[] = [];
  let text = "";
  /** Where in the text begins, or goes on, what is being read; the line of that place; and the next character. */
  let start = 0;
  let line = 1;
  let at = 0;
  let isAtEnd = false;

  try {
    while (text === "" && (yield* more())) if (text.startsWith("\ufeff")) at++;
    yield* readFile();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return found;

  /** Gives up: brackets or quotes do not match, and nobody can tell where the next record begins. */
  function fail(reason: string, begun = line): never {
    found.push({ kind: "broken", text: reason, line: begun });
    throw new Unreadable(reason);
  }

  /** Waits for the text that follows what began in a line; false when there is none. */
  function* more(begun = line): Splitting<boolean> {
    text = text.slice(start);
    at -= start;
    start = 0;
    if (Buffer.byteLength(text) > LONGEST) fail(`What begins here does not end within ${LONGEST} bytes`, begun);
    if (isAtEnd) return false;
    const pieces = found;
    found = [];
    const next = yield pieces;
    isAtEnd = next === undefined;
    text += next ?? "";
    return !isAtEnd;
  }

  /** Goes behind what the pattern matches here, if only nothing. */
  function pass(pattern: RegExp): void {
    pattern.lastIndex = at;
    pattern.test(text);
    at = pattern.lastIndex;
  }

  /** Ends what is being read, and answers it. */
  function take(): string {
    const taken = text.slice(start, at);
    for (let end = taken.indexOf("\n"); end >= 0; end = taken.indexOf("\n", end + 1)) line++;
    start = at;
    return taken;
  }

  /** Leaves blanks out, and answers the character behind them; none at the end of the file. */
  function* skip(): Splitting<string | undefined> {
    do {
      pass(BLANKS);
      take();
    } while (at === text.length && (yield* more()));
    return text[at];
  }

  function* readFile(): Splitting<void> {
    let begun = 0;
    let isAlone = false;
    for (let next = yield* skip(); next !== undefined; next = yield* skip()) {
      if (isAlone && line > begun) {
        // A record has had a line to itself: so have the others.
        yield* readLines();
        return;
      }
      begun = line;
      if (next === "[") yield* readList(pageKeys);
      else yield* readElement(pageKeys);
      isAlone = next !== "[" && found.at(-1)?.kind === "record" && line === begun;
    }
  }

  /** Reads a record a line to the end of the file. A broken one ends with its line. */
  function* readLines(): Splitting<void> {
    while (!isAtEnd) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end + 1;
      if (end < 0 && (yield* more())) continue;
      const record = text.slice(start, at).trim();
      if (record !== "") found.push({ kind: "record", text: record, line });
      start = at;
      line++;
    }
  }

  function* readList(keys: readonly string[]): Splitting<void> {
    const begun = line;
    let last = "[";
    at++;
    for (let next = yield* skip(); next !== "]"; next = yield* skip()) {
      if (next === undefined) fail("The file ends before the list that begins here does", begun);
      if (last !== "element") {
        yield* readElement(keys);
        last = "element";
      } else if (next === ",") {
        at++;
        last = ",";
      } else fail("A comma is missing between two elements of a list");
    }
    if (last === ",") fail("A comma stands before the end of a list");
    at++;
    take();
  }

  /** @param keys the way to the records of a page, should this be one */
  function* readElement(keys: readonly string[]): Splitting<void> {
    const begun = line;
    let before = "";
    if (text[at] === "{" || text[at] === "[") before = yield* readBrackets(keys);
    else if (text[at] !== '"') yield* readWord();
    else for (pass(STRING); at === start; pass(STRING)) yield* readOn(begun);
    found.push({ kind: before === "" ? "record" : "page", text: before + take(), line: begun });
  }

  /** Goes to the end of an object or a list. Of a page it cuts out the records, and answers what stands before them. */
  function* readBrackets(keys: readonly string[]): Splitting<string> {
    const begun = line;
    let before = "";
    let depth = 0;
    /** How many of the keys lead here. */
    let known = 0;
    do {
      const bracket = text[at];
      if (bracket === undefined || bracket === '"') yield* readOn(begun);
      else if (bracket === "}" || bracket === "]") {
        at++;
        depth--;
        known = Math.min(known, depth - 1);
      } else {
        if (depth === known + 1 && known < keys.length && isBehind(keys[known]!)) known++;
        if (bracket === "[" && depth > 0 && depth === known && known === keys.length) {
          before += `${take()}[]`;
          yield* readList([]);
          known--;
        } else {
          at++;
          depth++;
        }
      }
      if (depth > 0) pass(BETWEEN_BRACKETS);
    } while (depth > 0);
    return before;
  }

  /** Whether a key stands before the next character. It looks no further back, however long the value is by now. */
  function isBehind(key: string): boolean {
    const before = text.slice(start, at).trimEnd();
    return before.endsWith(":") && before.slice(0, -1).trimEnd().endsWith(key);
  }

  /** Waits for the rest of a value, which goes on with a string that has no end yet, if with anything. */
  function* readOn(begun: number): Splitting<void> {
    if (/^"(?:[^"\\\n]|\\.)*\n/s.test(text.slice(at))) {
      take();
      fail("A string does not end");
    }
    if (!(yield* more(begun))) fail("The file ends before what begins here does", begun);
  }

  /** A number, `true`, `false` or `null`. */
  function* readWord(): Splitting<void> {
    do pass(WORD);
    while (at === text.length && (yield* more()));
    const word = text.slice(start, at);
    if (!/^(true|false|null|-?\d[\d.eE+-]*)$/.test(word)) fail(`This is not JSON: ${word.slice(0, 40) || text[at]}`);
  }
}
