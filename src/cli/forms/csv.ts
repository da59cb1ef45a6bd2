import { MEMBERS } from "../job.ts";
import { collect, type Form } from "./form.ts";
import { gridOf } from "./grid.ts";

/** Comma-separated values (RFC 4180, but lines end as on Unix), as they come; a query wants the whole listing first. */
export const csv: Form = async function* (parts, { query }) {
  if (query) {
    const { titles, rows } = gridOf(query(await collect(parts)));
    yield (titles ? [titles, ...rows] : rows).map(line);
    return;
  }
  let titles = [line(MEMBERS)];
  for await (const { page } of parts) {
    yield [...titles, ...page.ModelPackagingJobs.map((job) => line(MEMBERS.map((member) => job[member] ?? "")))];
    titles = [];
  }
};

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join()}\n`;
}
