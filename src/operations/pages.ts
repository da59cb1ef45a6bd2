/** Follows page tokens from page to page. */
import { hash } from "node:crypto";
import { throwIfAborted } from "../sending/deadline.ts";

/** A page to fetch. */
export interface PageRequest {
  /** Undefined for the first page. */
  readonly token: unknown;
  /** Aborts when the caller leaves the loop; undefined when the listing is awaited. */
  readonly left: AbortSignal | undefined;
  /** The number of items that the caller still needs. */
  readonly wanted: number;
}

/** A page that has been fetched. */
export interface FetchedPage<Page> {
  readonly page: Page;
  /** The token of the next page; undefined, null and "" end the listing. */
  readonly next: unknown;
}

/** How to get from page to page. */
export interface PagePlan<Page> {
  readonly fetchPage: (request: PageRequest) => Promise<FetchedPage<Page>>;
  /** The token of the first page, when the caller begins in the middle. */
  readonly start?: unknown;
  /** Makes the error for a token that ends the listing before its end. */
  readonly tokenError: (token: unknown, fault: string) => Error;
  /** Whether the next page is fetched while the caller works on this one. */
  readonly prefetch: boolean;
  /** The caller's own signal: it also ends the pauses between pages. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Gives the pages, at most one ahead of the caller.
 * @param left Aborts when the caller leaves the loop.
 * @param wanted The number of items that the caller still needs.
 */
export async function* pagesOf<Page>(
  plan: PagePlan<Page>,
  left: AbortSignal,
  wanted: () => number = () => Number.POSITIVE_INFINITY,
): AsyncGenerator<Page, void, undefined> {
  /** Digests: a listing of many pages would keep long tokens for long. */
  const seen = new Set<string>();
  if (isToken(plan.start)) seen.add(digestOf(plan.start));

  const fetchPage = async (token: unknown): Promise<FetchedPage<Page>> => {
    if (isToken(token)) {
      const digest = digestOf(token);
      if (seen.has(digest))
        throw plan.tokenError(token, " a second time: following it would list the same pages for ever");
      seen.add(digest);
    }
    return plan.fetchPage({ token, left, wanted: wanted() });
  };

  let token: unknown;
  let ahead: Promise<FetchedPage<Page>> | undefined;
  do {
    throwIfAborted(plan.signal);
    let fetched: FetchedPage<Page>;
    try {
      fetched = await (ahead ?? fetchPage(token));
    } catch (error) {
      if (left.aborted) return;
      throw error;
    }
    token = fetched.next;
    ahead = plan.prefetch && isToken(token) ? fetchPage(token) : undefined;
    // The caller's next step meets the failure, if there is one.
    ahead?.catch(() => {});
    yield fetched.page;
  } while (isToken(token));
}

function isToken(token: unknown): boolean {
  return token !== undefined && token !== null && token !== "";
}

function digestOf(token: unknown): string {
  return hash("sha256", JSON.stringify(token), "base64");
}
