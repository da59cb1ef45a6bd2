/** `lookout-packaging-jobs/paginate`: the listing of this package's own methods, over the calls of any openapi-fetch client. */
import { ConfigurationError, PaginationError } from "./errors.ts";
import { Listing } from "./operations/listing.ts";
import type { PageRequest } from "./operations/pages.ts";
import { Deadline } from "./sending/deadline.ts";
import { readError } from "./sending/read-error.ts";
import { unknownError } from "./sending/unknown-error.ts";

export { ConfigurationError, InputError, PaginationError, UnknownServiceError } from "./errors.ts";
export type { Listing } from "./operations/listing.ts";

/** The part of an openapi-fetch call's result that a listing reads. */
export interface CallResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a call's success; undefined for one without, where the document has such a one. */
export type PageOf<Result extends CallResult> = Result extends { readonly data: infer Data } ? Data : never;

/** Where things are in a page, and how the pages are fetched. */
export interface PaginateOptions<Page, Item, Token> {
  /** The items of a page; undefined and null count as none. Not asked of a page without a body. */
  items: (page: Page) => readonly Item[] | null | undefined;
  /**
   * The token of the page after this one, from its body or from the headers of its response. Undefined, null and "" end
   * the listing; 0 does not. Not asked of a page without a body.
   */
  next: (page: Page, response: Response) => Token | null | undefined;
  /** Whether iterating fetches the next page while the caller works on this one. @default true */
  prefetch?: boolean | undefined;
  /** Ends the listing; it rejects with `signal.reason`. */
  signal?: AbortSignal | undefined;
}

/**
 * Makes a listing of any openapi-fetch call that gives pages: await it for the first page, iterate it for every
 * item, or use `pages()` and `toArray({ limit })`.
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
 * A response with an error status is thrown as an UnknownServiceError, with its status, code, body and request id. A
 * token that comes a second time ends the listing with a PaginationError.
 *
 * @param fetchPage Fetches the page of a token, which is undefined for the first page. The parameter wants its type
 * written: TypeScript takes the type of the token from there. The signal aborts when the caller leaves the loop, or by
 * the `signal` of the options.
 */
export function paginate<Result extends CallResult, Item, Token = string>(
  fetchPage: (token: Token | undefined, signal: AbortSignal) => Promise<Result>,
  { items, next, prefetch, signal }: PaginateOptions<NonNullable<PageOf<Result>>, Item, Token>,
): Listing<PageOf<Result>, Item> {
  const fetchWith = async ({ token, loopSignal }: PageRequest) => {
    const signals = [signal, loopSignal].filter((one) => one !== undefined);
    const result = await new Deadline(Number.POSITIVE_INFINITY, signals).run("a page", async (onStop) => {
      const stopped = new AbortController();
      onStop((reason) => stopped.abort(reason));
      return fetchPage(token as Token | undefined, stopped.signal);
    });
    const { data, error, response } = checked(result);
    // openapi-fetch reads a missing body of unknown length as an empty text.
    const body = error === "" ? undefined : error;
    if (!response.ok) throw unknownError(readError({}, response.headers, body), response, body, undefined);
    const page = data as PageOf<Result>;
    return { page, next: hasBody(page) ? next(page, response) : undefined };
  };
  return new Listing({
    fetchPage: fetchWith,
    items: (page) => (hasBody(page) ? listOf(items(page)) : []),
    // Without the token: nobody here knows which secrets it may quote.
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

/** A 204 has none, and openapi-fetch gives undefined for it. */
function hasBody<Page>(page: Page): page is NonNullable<Page> {
  return page !== undefined && page !== null;
}

function listOf<Item>(items: readonly Item[] | null | undefined): readonly Item[] {
  if (Array.isArray(items ?? [])) return items ?? [];
  throw new ConfigurationError("paginate: items gave something other than a list. Say where in a page its list is.");
}
