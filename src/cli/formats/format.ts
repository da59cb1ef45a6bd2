/** The type of an output format, and code that several formats share. */
import type { Job } from "../listing/job.ts";
import type { JobList, Part } from "../listing/listing.ts";
import type { Query } from "../listing/query.ts";

/** Prints a listing, part by part when the format allows it. A yielded text has many lines: each write costs time. */
export type OutputFormat = (parts: AsyncIterable<Part>, options: FormatOptions) => AsyncIterable<string>;

/** The options of an output format. */
export interface FormatOptions {
  readonly projectName: string;
  readonly query: Query | undefined;
  /** The width of the terminal in cells; infinite when the output is no terminal. */
  readonly width: number;
  /** Whether csv leaves formulas in cells as they are. */
  readonly keepFormulas: boolean;
}

/** Reads the whole listing. */
export async function collect(parts: AsyncIterable<Part>): Promise<JobList> {
  const jobs: Job[] = [];
  let token: string | undefined;
  for await (const { page, resumeToken } of parts) {
    for (const job of page.ModelPackagingJobs) jobs.push(job);
    token = resumeToken ?? page.NextToken;
  }
  return { ModelPackagingJobs: jobs, ...(token !== undefined && { NextToken: token }) };
}
