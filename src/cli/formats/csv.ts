import { MEMBERS } from "../listing/job.ts";
import { collect, type OutputFormat } from "./format.ts";
import { cellOf, gridOf } from "./grid.ts";

/**
 * Comma-separated values (RFC 4180, but lines end as on Unix), as they come; a query wants the whole listing first.
 * The columns are the document's members, then any others that the jobs of the first page have.
 */
export const csv: OutputFormat = async function* (parts, { query, keepFormulas }) {
  const lines = (rows: readonly (readonly unknown[])[]) => rows.map((row) => lineOf(row, keepFormulas)).join("");
  if (query) {
    const { titles, rows } = gridOf(query(await collect(parts)));
    yield lines(titles ? [titles, ...rows] : rows);
    return;
  }
  const columns = new Set(MEMBERS);
  let isFirst = true;
  for await (const { page } of parts) {
    for (const job of page.ModelPackagingJobs)
      for (const name in job) {
        if (isFirst) columns.add(name);
        else if (!columns.has(name)) throw new Error(lateMember(name, job.JobName));
      }
    const rows = page.ModelPackagingJobs.map((job) => Array.from(columns, (name) => job[name]));
    yield lines(isFirst ? [[...columns], ...rows] : rows);
    isFirst = false;
  }
};

function lateMember(name: string, job: unknown): string {
  return `${name} of the job ${job} has no column, since no job of the first page has it: use --output ndjson.`;
}

function lineOf(row: readonly unknown[], keepFormulas: boolean): string {
  return `${row.map((value) => quoted(keepFormulas ? cellOf(value) : inert(value))).join()}\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The first character of a cell that a spreadsheet runs, full-width forms included. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A cell that no spreadsheet takes for a formula: an apostrophe before it makes it text. */
function inert(value: unknown): string {
  const cell = cellOf(value);
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
