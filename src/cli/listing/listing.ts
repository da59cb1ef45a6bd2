/** Lists jobs part by part, from `--starting-token` on, up to `--max-items`. */
import type { Client } from "../../index.ts";
import { type Job, toJob } from "./job.ts";
import { encodePosition, type Position } from "./starting-token.ts";

/** The listing that the command line asks for. */
export interface ListingRequest {
  readonly projectName: string;
  readonly maxResults: number | undefined;
  readonly maxItems: number | undefined;
  readonly start: Position;
  /** Whether pages after the first one are listed. */
  readonly paginate: boolean;
}

/** Jobs in the shape in which the AWS CLI prints them. */
export interface JobList {
  readonly ModelPackagingJobs: readonly Job[];
  readonly NextToken?: string;
}

/** The part of a listing that comes from one page. */
export interface Part {
  /** The jobs, and the service's token when no further page is listed. */
  readonly page: JobList;
  /** The `--starting-token` of the rest, when `maxItems` ends the listing early. */
  readonly resumeToken?: string;
}

/** Lists page by page. `maxItems` does not make the pages smaller: tokens must be those of the AWS CLI. */
export async function* listParts(client: Client, request: ListingRequest, signal: AbortSignal): AsyncGenerator<Part> {
  const { projectName, maxResults, maxItems, start, paginate } = request;
  const input = { projectName, maxResults, nextToken: start.token };
  const listing = client.listModelPackagingJobs(input, { signal, prefetch: paginate && maxItems === undefined });
  let { token, skip } = start;
  let left = maxItems ?? Number.POSITIVE_INFINITY;
  for await (const { ModelPackagingJobs: all = [], NextToken } of listing.pages()) {
    const page = { ModelPackagingJobs: all.slice(skip, skip + left).map((job) => toJob(job as Job)) };
    left -= page.ModelPackagingJobs.length;
    skip += page.ModelPackagingJobs.length;
    const isLast = skip >= all.length && !NextToken;
    // A skip longer than its page goes on in the next page: the page may now be smaller than the one that was cut.
    if (skip >= all.length) [token, skip] = [NextToken, skip - all.length];
    if (!paginate) yield { page: { ...page, ...(NextToken && { NextToken }) } };
    else if (left > 0 || isLast) yield { page };
    else yield { page, resumeToken: encodePosition({ token, skip }) };
    if (!paginate || left === 0) return;
  }
}
