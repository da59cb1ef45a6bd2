import { MEMBERS } from "../listing/job.ts";
import { collect, type OutputFormat } from "./format.ts";
import { gridOf } from "./grid.ts";

/** Comma-separated values (RFC 4180, but lines end as on Unix), as they come; a query wants the whole listing first. */
export const csv: OutputFormat = async function* (parts, { query }) {
  if (query) {
    const { titles, rows } = gridOf(query(await collect(parts)));
    yield lines(titles ? [titles, ...rows] : rows);
    return;
  }
  let titles: (readonly string[])[] = [MEMBERS];
  for await (const { page } of parts) {
    yield lines([...titles, ...page.ModelPackagingJobs.map((job) => MEMBERS.map((member) => job[member] ?? ""))]);
    titles = [];
  }
};

function lines(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(quoted).join()}\n`).join("");
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
