/** A listing in parts, from `--starting-token` on, up to `--max-items`. */
import type { Client } from "../../index.ts";
import { type Job, toJob } from "./job.ts";
import { encodePosition, type Position } from "./starting-token.ts";

/** A listing as the command line asks for it. */
export interface ListingRequest {
  readonly projectName: string;
  readonly maxResults: number | undefined;
  readonly maxItems: number | undefined;
  readonly start: Position;
  /** Whether pages after the first one are listed. */
  readonly paginate: boolean;
}

/** Jobs as the AWS CLI prints them. */
export interface JobList {
  readonly ModelPackagingJobs: readonly Job[];
  readonly NextToken?: string;
}

/** The part of a listing that one page gives. */
export interface Part {
  /** Holds the service's token when no other page is listed. */
  readonly page: JobList;
  /** The `--starting-token` to go on with, when `maxItems` ends the listing before its end. */
  readonly resumeToken?: string;
}

/** Lists page by page, as the AWS CLI does: `maxItems` does not make the pages smaller, so that its tokens fit. */
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
    // A page may be smaller than the one that was cut, where the AWS CLI would repeat jobs.
    if (skip >= all.length) [token, skip] = [NextToken, skip - all.length];
    if (!paginate) yield { page: { ...page, ...(NextToken && { NextToken }) } };
    else if (left > 0 || isLast) yield { page };
    else yield { page, resumeToken: encodePosition({ token, skip }) };
    if (!paginate || left === 0) return;
  }
}
