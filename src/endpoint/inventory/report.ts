import type { WriteCounts } from "../stores/store.ts";

/** A rule that a record breaks, and where it was found. */
export interface LocatedFault {
  /** The source's name. */
  readonly file: string;
  /** The record's number in the file, from 1; none when the fault is not in a record. */
  readonly record?: number;
  /** The line in which it begins, from 1. */
  readonly line: number;
  /** The member, with dots for nested ones; none when it is about the record as a whole. */
  readonly field?: string;
  /** The rule's keyword in JSON Schema, such as `pattern`; `json` when the record is no JSON, or nests too deep. */
  readonly rule: string;
  /** The rule in words, which follow the member's name. */
  readonly message: string;
}

/** The outcome of an import. `read` is the sum of the four counts. */
export interface ImportReport extends Readonly<WriteCounts> {
  readonly read: number;
  readonly refused: number;
  /** The faults, up to 1000 of them. */
  readonly faults: readonly LocatedFault[];
  /**
   * The records read that have another one of their name beside them, created within a millisecond: one record may
   * have been saved twice, with microseconds and without.
   */
  readonly lookalikes: number;
  /** The names of the sources that held neither a record nor a page. */
  readonly empty: readonly string[];
}

/** An import that was given up. Nothing of it is in the store. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  /** The report until the import was given up; undefined when no record was at fault. */
  readonly report: ImportReport | undefined;

  constructor(message: string, { report, cause }: { report?: ImportReport; cause?: unknown } = {}) {
    super(message, { cause });
    this.report = report;
  }
}

/** The most faults that a message names. */
const NAMED = 5;

/** A refused import in words: how much was wrong, and the first faults with their places. */
export function refusal({ read, refused, faults }: ImportReport): string {
  const head = `Nothing was imported: of ${read} ${read === 1 ? "record" : "records"}, ${refused} cannot be.`;
  const lines = faults.slice(0, NAMED).map((fault) => `  ${toText(fault)}`);
  if (faults.length > NAMED) lines.push("  …");
  return [head, ...lines].join("\n");
}

/** A fault in one line. */
export function toText({ file, record, line, field, message }: LocatedFault): string {
  const place = record === undefined ? `line ${line}` : `record ${record} (line ${line})`;
  return `${file}, ${place}: ${field === undefined ? "" : `${field} `}${message}`;
}
