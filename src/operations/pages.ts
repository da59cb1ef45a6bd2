/** Follows page tokens from page to page. */
import { hash } from "node:crypto";
import { jsonOf } from "../json.ts";
import { throwIfAborted } from "../sending/deadline.ts";

/** A page to fetch. */
export interface PageRequest {
  /** Undefined for the first page. */
  readonly token: unknown;
  /** Aborts when the caller leaves the loop; undefined when the listing is awaited. */
  readonly loopSignal: AbortSignal | undefined;
  /** The number of items that the caller still needs. */
  readonly needed: number;
}

/** A fetched page, and the token of the next one. */
export interface FetchedPage<Page> {
  readonly page: Page;
  /** The token of the next page. Undefined, null and "" end the listing. */
  readonly next: unknown;
}

/** How to get from page to page. */
export interface PagePlan<Page> {
  readonly fetchPage: (request: PageRequest) => Promise<FetchedPage<Page>>;
  /** The token that the caller begins with; undefined for the first page. */
  readonly start?: unknown;
  /** Makes the error for a token that cannot be followed. */
  readonly tokenError: (token: unknown, fault: string) => Error;
  /** Whether the next page is fetched while the caller works on this one. */
  readonly prefetch: boolean;
  /** The caller's signal. It is also checked between two pages. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Yields the pages. At most one page is fetched ahead of the caller.
 * @param loopSignal Aborts when the caller leaves the loop.
 * @param needed The number of items that the caller still needs.
 */
export async function* pagesOf<Page>(
  plan: PagePlan<Page>,
  loopSignal: AbortSignal,
  needed: () => number = () => Number.POSITIVE_INFINITY,
): AsyncGenerator<Page, void, undefined> {
  // Digests and not tokens: tokens may be long, and a listing of many pages keeps them all.
  const seen = new Set<string>();
  if (isToken(plan.start)) seen.add(digestOf(plan.start));

  const fetchPage = async (token: unknown): Promise<FetchedPage<Page>> => {
    if (isToken(token)) {
      const digest = digestOf(token);
      if (seen.has(digest))
        throw plan.tokenError(token, " a second time: following it would list the same pages for ever");
      seen.add(digest);
    }
    return plan.fetchPage({ token, loopSignal, needed: needed() });
  };

  let token: unknown;
  let ahead: Promise<FetchedPage<Page>> | undefined;
  do {
    throwIfAborted(plan.signal);
    let fetched: FetchedPage<Page>;
    try {
      fetched = await (ahead ?? fetchPage(token));
    } catch (error) {
      if (loopSignal.aborted) return;
      throw error;
    }
    token = fetched.next;
    ahead = plan.prefetch && isToken(token) ? fetchPage(token) : undefined;
    // A failure is thrown when the caller asks for the next page.
    ahead?.catch(() => {});
    yield fetched.page;
  } while (isToken(token));
}

function isToken(token: unknown): boolean {
  return token !== undefined && token !== null && token !== "";
}

function digestOf(token: unknown): string {
  // A BigInt has no JSON.
  return hash("sha256", jsonOf(token) ?? String(token), "base64");
}
