import { MEMBERS } from "../job.ts";
import { type FormMaker, whole } from "./form.ts";
import { gridOf } from "./grid.ts";

/** Comma-separated values (RFC 4180, but lines end as on Unix), as they come; a query wants the whole listing first. */
export const csv: FormMaker = ({ query }) => {
  if (query)
    return whole((list) => {
      const { titles, rows } = gridOf(query(list));
      return [titles ? row(titles) : "", ...rows.map(row)];
    });
  let head = row(MEMBERS);
  return {
    part({ ModelPackagingJobs: jobs }) {
      const lines = head + jobs.map((job) => row(MEMBERS.map((member) => job[member] ?? ""))).join("");
      head = "";
      return lines;
    },
    end: () => [head],
  };
};

function row(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join()}\n`;
}
