/** `lookout-packaging-jobs/paginate`: listings, as this package's methods return them, of any openapi-fetch call. */
import type { CallResult } from "./contract/contract.ts";
import { ConfigurationError, PaginationError } from "./errors.ts";
import { Listing } from "./operations/listing.ts";
import type { PageRequest } from "./operations/pages.ts";
import { Deadline } from "./sending/deadline.ts";
import { readError } from "./sending/read-error.ts";
import { unknownError } from "./sending/unknown-error.ts";

export type { CallResult } from "./contract/contract.ts";
export { ConfigurationError, InputError, PaginationError, UnknownServiceError } from "./errors.ts";
export type { Listing } from "./operations/listing.ts";

/** The body of a success; undefined for a success without a body, when the document has one. */
export type PageOf<Result extends CallResult> = Result extends { readonly data: infer Data } ? Data : never;

/** Options of {@link paginate}. */
export interface PaginateOptions<Page, Item, Token> {
  /** Returns the items of a page. Undefined and null count as no items. Not called for a page without a body. */
  items: (page: Page) => readonly Item[] | null | undefined;
  /**
   * Returns the token of the next page, from the body or from the headers of the response. Undefined, null and "" end
   * the listing; 0 does not. Not called for a page without a body.
   */
  next: (page: Page, response: Response) => Token | null | undefined;
  /** Whether an iteration fetches the next page while the caller works on the current one. @default true */
  prefetch?: boolean | undefined;
  /** Ends the listing, which then rejects with `signal.reason`. @default none */
  signal?: AbortSignal | undefined;
}

/**
 * Makes a listing of any openapi-fetch call that returns pages. Await the listing for the first page, iterate it for
 * every item, or use `pages()` and `toArray({ limit })`.
 *
 * ```ts
 * const orders = paginate(
 *   (token: string | undefined, signal) =>
 *     api.GET("/orders", { params: { query: { ...(token && { nextToken: token }) } }, signal }),
 *   { items: (page) => page.orders, next: (page) => page.nextToken },
 * );
 * for await (const order of orders) console.log(order.id);
 * ```
 *
 * The listing throws an UnknownServiceError, with status, code, body and request id, for a response with an error
 * status, and a PaginationError for a token that comes a second time.
 *
 * @param fetchPage Fetches the page of a token, which is undefined for the first page. Write the type of the parameter
 * `token`: TypeScript infers the type of tokens from it. The signal aborts when the caller leaves the loop, and when
 * the option `signal` aborts.
 */
export function paginate<Result extends CallResult, Item, Token = string>(
  fetchPage: (token: Token | undefined, signal: AbortSignal) => Promise<Result>,
  { items, next, prefetch, signal }: PaginateOptions<NonNullable<PageOf<Result>>, Item, Token>,
): Listing<PageOf<Result>, Item> {
  const fetchWith = async ({ token, loopSignal }: PageRequest) => {
    const signals = [signal, loopSignal].filter((each) => each !== undefined);
    const result = await new Deadline(Number.POSITIVE_INFINITY, signals).run("a page", async (onStop) => {
      const stopped = new AbortController();
      onStop((reason) => stopped.abort(reason));
      return fetchPage(token as Token | undefined, stopped.signal);
    });
    const { data, error, response } = checked(result);
    // openapi-fetch gives "" for an absent body of unknown length.
    const body = error === "" ? undefined : error;
    if (!response.ok) throw unknownError(readError({}, response.headers, body), response, body, undefined);
    const page = data as PageOf<Result>;
    return { page, next: hasBody(page) ? next(page, response) : undefined };
  };
  return new Listing({
    fetchPage: fetchWith,
    items: (page) => (hasBody(page) ? listOf(items(page)) : []),
    // The message leaves out the token: it may quote a secret, and the secrets are unknown here.
    tokenError: (token, fault) => new PaginationError(`The service gave a page token${fault}.`, token),
    prefetch: prefetch ?? true,
    signal,
  });
}

function checked(result: CallResult): CallResult {
  if (typeof result?.response?.ok !== "boolean")
    throw new ConfigurationError(
      "paginate: fetchPage gave no { data, error, response }. Return the result of an openapi-fetch call, as it is.",
    );
  return result;
}

/** Whether a page has a body. openapi-fetch gives undefined for a 204. */
function hasBody<Page>(page: Page): page is NonNullable<Page> {
  return page !== undefined && page !== null;
}

function listOf<Item>(items: readonly Item[] | null | undefined): readonly Item[] {
  if (Array.isArray(items ?? [])) return items ?? [];
  throw new ConfigurationError("paginate: items gave something other than a list. Say where in a page its list is.");
}
