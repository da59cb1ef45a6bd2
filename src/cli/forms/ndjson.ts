import type { Form } from "./form.ts";

/** A job a line; with a query, what it makes of each page, a line for each element of a list. */
export const ndjson: Form = async function* (parts, { query }) {
  for await (const { page } of parts) {
    const result = query ? query(page) : page.ModelPackagingJobs;
    let lines = "";
    for (const one of Array.isArray(result) ? result : [result]) lines += `${JSON.stringify(one)}\n`;
    yield lines;
  }
};
