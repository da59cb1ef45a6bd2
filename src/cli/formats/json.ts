import type { JobList } from "../listing/listing.ts";
import { collect, type OutputFormat } from "./format.ts";

const INDENT = 4;
/** The number of jobs in a slice. */
const SLICE = 1000;

/** JSON in the AWS CLI's layout: the whole listing as one page, or the result of the query. */
export const json: OutputFormat = async function* (parts, { query }) {
  const list = await collect(parts);
  if (query) yield `${JSON.stringify(query(list), null, INDENT)}\n`;
  else yield* slices(list);
};

/** The text of JSON.stringify, in slices: a long listing does not fit into one string. */
function* slices({ ModelPackagingJobs: jobs, NextToken }: JobList): Generator<string> {
  yield '{\n    "ModelPackagingJobs": [';
  for (let start = 0; start < jobs.length; start += SLICE) {
    const list = JSON.stringify(jobs.slice(start, start + SLICE), null, INDENT);
    // Drops the brackets and indents each line: a line feed in JSON is never part of a string.
    yield (start === 0 ? "" : ",") + list.slice(1, -2).replaceAll("\n", `\n${" ".repeat(INDENT)}`);
  }
  yield jobs.length === 0 ? "]" : "\n    ]";
  yield NextToken === undefined ? "\n}\n" : `,\n    "NextToken": ${JSON.stringify(NextToken)}\n}\n`;
}

/** One job a line. With a query, which gets each page, one line for each element of its result. */
export const ndjson: OutputFormat = async function* (parts, { query }) {
  for await (const { page } of parts) {
    const lines = [query ? query(page) : page.ModelPackagingJobs].flat();
    yield lines.map((value) => `${JSON.stringify(value)}\n`).join("");
  }
};
