import type { FormMaker } from "./form.ts";

/** A job a line; with a query, what it makes of each page, a line for each element of a list. */
export const ndjson: FormMaker = ({ query }) => ({
  part(part) {
    const result = query ? query(part) : part.ModelPackagingJobs;
    let lines = "";
    for (const one of Array.isArray(result) ? result : [result]) lines += `${JSON.stringify(one)}\n`;
    return lines;
  },
  end: () => [],
});
