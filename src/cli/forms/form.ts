import type { Job, JobList } from "../job.ts";
import type { Query } from "../query.ts";

/** A listing in one form of output, written as it comes where the form allows it. */
export interface Form {
  /** Takes a part of the listing, and gives what can be printed by now. */
  part(part: JobList): string;
  /** Gives the rest. With a token the listing was cut off, and goes on from there. */
  end(resumeToken: string | undefined): Iterable<string>;
}

/** What a form needs to know. */
export interface FormOptions {
  readonly projectName: string;
  readonly query: Query | undefined;
  /** Columns of the terminal; none when the output is no terminal. */
  readonly width: number | undefined;
}

/** Makes a form. */
export type FormMaker = (options: FormOptions) => Form;

/** A form that prints nothing before it has the whole listing. */
export function whole(text: (list: JobList) => Iterable<string>): Form {
  const jobs: Job[] = [];
  return {
    part({ ModelPackagingJobs }) {
      for (const job of ModelPackagingJobs) jobs.push(job);
      return "";
    },
    end: (token) => text({ ModelPackagingJobs: jobs, ...(token !== undefined && { NextToken: token }) }),
  };
}
