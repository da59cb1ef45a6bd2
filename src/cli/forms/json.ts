import type { JobList } from "../job.ts";
import type { FormMaker } from "./form.ts";

const INDENT = 4;

/** JSON as the AWS CLI prints it: the whole listing as one page, or what the query makes of it. */
export const json: FormMaker = ({ query }) => {
  const whole: JobList = { ModelPackagingJobs: [] };
  return {
    part({ ModelPackagingJobs, ...rest }) {
      for (const job of ModelPackagingJobs) whole.ModelPackagingJobs.push(job);
      Object.assign(whole, rest);
      return "";
    },
    end(resumeToken) {
      if (resumeToken !== undefined) whole.NextToken = resumeToken;
      return query ? [`${JSON.stringify(query(whole), null, INDENT)}\n`] : pieces(whole);
    },
  };
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
