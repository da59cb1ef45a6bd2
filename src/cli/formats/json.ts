import type { JobList } from "../listing/listing.ts";
import { collect, type OutputFormat } from "./format.ts";

const INDENT = 4;
/** Jobs in a slice. */
const SLICE = 1000;

/** JSON as the AWS CLI prints it: the whole listing as one page, or the result of the query. */
export const json: OutputFormat = async function* (parts, { query }) {
  const list = await collect(parts);
  if (query) yield `${JSON.stringify(query(list), null, INDENT)}\n`;
  else yield* slices(list);
};

/** The text of JSON.stringify in slices: a long listing is longer than a string may be. */
function* slices({ ModelPackagingJobs: jobs, NextToken }: JobList): Generator<string> {
  yield '{\n    "ModelPackagingJobs": [';
  for (let at = 0; at < jobs.length; at += SLICE) {
    const list = JSON.stringify(jobs.slice(at, at + SLICE), null, INDENT);
    // The brackets go, and each line moves in: no string in JSON holds a line feed.
    yield (at === 0 ? "" : ",") + list.slice(1, -2).replaceAll("\n", `\n${" ".repeat(INDENT)}`);
  }
  yield jobs.length === 0 ? "]" : "\n    ]";
  yield NextToken === undefined ? "\n}\n" : `,\n    "NextToken": ${JSON.stringify(NextToken)}\n}\n`;
}

/** A job a line. With a query, which sees each page, a line for each element of its result. */
export const ndjson: OutputFormat = async function* (parts, { query }) {
  for await (const { page } of parts) {
    const lines = [query ? query(page) : page.ModelPackagingJobs].flat();
    yield lines.map((one) => `${JSON.stringify(one)}\n`).join("");
  }
};
