/** The type of an output format, and the parts that several formats share. */
import type { Job } from "../listing/job.ts";
import type { JobList, Part } from "../listing/listing.ts";
import type { Query } from "../listing/query.ts";

/** Prints a listing: part by part where the format allows it, many lines at once, as each write has its cost. */
export type OutputFormat = (parts: AsyncIterable<Part>, options: FormatOptions) => AsyncIterable<string>;

/** The options of an output format. */
export interface FormatOptions {
  readonly projectName: string;
  readonly query: Query | undefined;
  /** Columns of the terminal; infinite when the output is none. */
  readonly width: number;
  /** Whether a cell of csv may be a formula. */
  readonly keepFormulas: boolean;
}

/** The whole listing. */
export async function collect(parts: AsyncIterable<Part>): Promise<JobList> {
  const jobs: Job[] = [];
  let token: string | undefined;
  for await (const { page, resumeToken } of parts) {
    for (const job of page.ModelPackagingJobs) jobs.push(job);
    token = resumeToken ?? page.NextToken;
  }
  return { ModelPackagingJobs: jobs, ...(token !== undefined && { NextToken: token }) };
}
