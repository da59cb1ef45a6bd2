/** The listing of a paginated operation, by what the document's `x-paginated` says. */
import type { Operation } from "../contract/contract.ts";
import { InputError, PaginationError } from "../errors.ts";
import { isObject, shortened, valueAt } from "../json.ts";
import { Listing } from "./listing.ts";
import type { PageRequest } from "./pages.ts";

type Paginated = NonNullable<Operation["paginated"]>;

/** A call of a paginated operation. */
export interface PaginatedCall {
  /** The input of the first page. */
  readonly input: unknown;
  /** Fetches the page of an input, until the caller leaves. */
  readonly call: (input: unknown, left: AbortSignal | undefined) => Promise<unknown>;
  readonly prefetch: boolean;
  readonly signal: AbortSignal | undefined;
  /** Blots secrets out of a text: a page token may quote the request. */
  readonly redact: (text: string) => string;
}

export function listingOf(paginated: Paginated, { call, prefetch, signal, redact, ...given }: PaginatedCall) {
  const { inputToken, outputToken, items, pageSize } = paginated;
  const input = isObject(given.input) ? given.input : {};
  const largest = ((pageSize && input[pageSize.name]) ?? pageSize?.maximum ?? Number.POSITIVE_INFINITY) as number;
  const tokenError = (token: unknown, fault: string, cause?: InputError) => {
    const text = JSON.stringify(token);
    const shown = redact(text);
    const name = `${outputToken.join(".")} ${shortened(shown, 80)}`;
    const message = `The service gave the ${name}${fault}. The listing cannot go on; the items given so far are whole pages.`;
    // The cause quotes the beginning of the token, in which half a secret is not found.
    return shown === text ? new PaginationError(message, token, { cause }) : new PaginationError(message, shown);
  };
  const inputOf = ({ token, wanted }: PageRequest): unknown => {
    const size = wanted < largest ? Math.max(wanted, pageSize?.minimum ?? 1) : undefined;
    if (token === undefined && size === undefined) return given.input;
    return {
      ...input,
      ...(token !== undefined && { [inputToken]: token }),
      ...(size !== undefined && pageSize && { [pageSize.name]: size }),
    };
  };
  const fetchPage = async (request: PageRequest) => {
    try {
      const page = await call(inputOf(request), request.left);
      return { page, next: valueAt(page, outputToken) };
    } catch (error) {
      // The rest of the input has passed with the first page: the token breaks the contract.
      if (request.token === undefined || !(error instanceof InputError)) throw error;
      const rules = error.faults.map(({ rule }) => rule).join(" and ");
      throw tokenError(request.token, `, which it would not take back: it ${rules}`, error);
    }
  };
  return new Listing({
    fetchPage,
    items: (page) => itemsOf(valueAt(page, items)),
    start: input[inputToken],
    tokenError,
    prefetch,
    signal,
  });
}

function itemsOf(items: unknown): readonly unknown[] {
  return Array.isArray(items) ? items : [];
}
