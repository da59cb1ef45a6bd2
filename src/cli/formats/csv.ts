import { MEMBERS } from "../listing/job.ts";
import { collect, type OutputFormat } from "./format.ts";
import { cellOf, gridOf } from "./grid.ts";

/**
 * Comma-separated values (RFC 4180, but with Unix line ends). Each page is printed as it comes; with a query the whole
 * listing is read first. The columns are the document's members, then other members of the first page's jobs.
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

/**
 * Matches a cell that a spreadsheet runs as a formula, also in full-width characters.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** The text of a cell, with an apostrophe before a formula: spreadsheets then take it as text. */
function inert(value: unknown): string {
  const cell = cellOf(value);
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
