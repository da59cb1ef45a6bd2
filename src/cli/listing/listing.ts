/** A listing in parts, from `--starting-token` on, up to `--max-items`. */
import type { Client } from "../../index.ts";
import { type Job, toJob } from "./job.ts";
import { encodePosition, type Position } from "./starting-token.ts";

/** What to list. */
export interface ListingRequest {
  readonly projectName: string;
  readonly maxResults: number | undefined;
  readonly maxItems: number | undefined;
  readonly start: Position;
  /** Whether to go on after the first page. */
  readonly paginate: boolean;
}

/** Jobs as the AWS CLI prints them. */
export interface JobList {
  readonly ModelPackagingJobs: readonly Job[];
  readonly NextToken?: string;
}

/** What is wanted of a page. */
export interface Part {
  /** With the service's token when no other page is asked for. */
  readonly page: JobList;
  /** Where to go on, when `maxItems` has ended the listing before its end. */
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
    const page = { ModelPackagingJobs: all.slice(skip, skip + left).map((job) => toJob({ ...job })) };
    left -= page.ModelPackagingJobs.length;
    skip += page.ModelPackagingJobs.length;
    const isLast = skip >= all.length && !NextToken;
    // The page may be smaller than the one that was cut: the AWS CLI would then repeat jobs.
    if (skip >= all.length) [token, skip] = [NextToken, skip - all.length];
    if (!paginate) yield { page: { ...page, ...(NextToken && { NextToken }) } };
    else if (left > 0 || isLast) yield { page };
    else yield { page, resumeToken: encodePosition({ token, skip }) };
    if (!paginate || left === 0) return;
  }
}
