import type { JobList } from "../listing.ts";
import { collect, type Form } from "./form.ts";

const INDENT = 4;

/** JSON as the AWS CLI prints it: the whole listing as one page, or what the query makes of it. */
export const json: Form = async function* (parts, { query }) {
  const list = await collect(parts);
  yield query ? [`${JSON.stringify(query(list), null, INDENT)}\n`] : pieces(list);
};

/** The same as JSON.stringify, job by job: a long listing is longer than a string may be. */
function* pieces({ ModelPackagingJobs: jobs, NextToken }: JobList): Generator<string> {
  yield '{\n    "ModelPackagingJobs": [';
  const margin = `\n${" ".repeat(2 * INDENT)}`;
  let separator = margin;
  for (const job of jobs) {
    // No string in JSON holds a line feed.
    yield separator + JSON.stringify(job, null, INDENT).replaceAll("\n", margin);
    separator = `,${margin}`;
  }
  yield jobs.length === 0 ? "]" : "\n    ]";
  if (NextToken !== undefined) yield `,\n    "NextToken": ${JSON.stringify(NextToken)}`;
  yield "\n}\n";
}

/** A job a line; with a query, what it makes of each page, a line for each element of a list. */
export const ndjson: Form = async function* (parts, { query }) {
  for await (const { page } of parts) {
    const result = query ? query(page) : page.ModelPackagingJobs;
    yield [result].flat().map((one) => `${JSON.stringify(one)}\n`);
  }
};
