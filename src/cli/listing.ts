/** A listing in parts, from `--starting-token` on, up to `--max-items`. */
import { type Job, toJob, type WireClient } from "./job.ts";
import { encodePosition, type Position } from "./starting-token.ts";

/** What to list. */
export interface ListingRequest {
  readonly projectName: string;
  readonly pageSize: number | undefined;
  readonly maxItems: number | undefined;
  readonly start: Position;
  readonly signal: AbortSignal;
}

/** The jobs of a page that are wanted. */
export interface Part {
  readonly jobs: Job[];
  /** Where to go on, when `maxItems` has ended the listing before its end. */
  readonly resumeToken?: string;
}

/** Lists page by page, as the AWS CLI does: `maxItems` does not make the pages smaller, so that its tokens fit. */
export async function* listParts(client: WireClient, request: ListingRequest): AsyncGenerator<Part, void> {
  const { projectName, pageSize, maxItems, start, signal } = request;
  const input = { projectName, maxResults: pageSize, nextToken: start.token };
  const listing = client.listModelPackagingJobs(input, { signal, prefetch: maxItems === undefined });
  let left = maxItems ?? Number.POSITIVE_INFINITY;
  let { token, skip } = start;
  for await (const page of listing.pages()) {
    const all = page.ModelPackagingJobs ?? [];
    const jobs = all.slice(skip, skip + left).map(toJob);
    left -= jobs.length;
    const end = skip + jobs.length;
    if (end < all.length) {
      yield { jobs, resumeToken: encodePosition({ token, skip: end }) };
      return;
    }
    // The page may be smaller than the one that was cut: the AWS CLI would then repeat jobs.
    skip = Math.max(0, skip - all.length);
    token = page.NextToken;
    if (left === 0 && token) {
      yield { jobs, resumeToken: encodePosition({ token, skip }) };
      return;
    }
    yield { jobs };
  }
}
