/** Makes the listing of a paginated operation, by the document's `x-paginated`. */
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
  /** Fetches the page of an input. The signal aborts when the caller leaves the loop. */
  readonly call: (input: unknown, loopSignal: AbortSignal | undefined) => Promise<unknown>;
  readonly prefetch: boolean;
  readonly signal: AbortSignal | undefined;
  /** Redacts secrets in a text: a page token may quote the request. */
  readonly redact: (text: string) => string;
}

export function listingOf(paginated: Paginated, { input, call, prefetch, signal, redact }: PaginatedCall) {
  const { inputToken, outputToken, items, pageSize } = paginated;
  const members = isObject(input) ? input : {};
  const largest = ((pageSize && members[pageSize.name]) ?? pageSize?.maximum ?? Number.POSITIVE_INFINITY) as number;
  const tokenError = (token: unknown, fault: string, cause?: InputError) => {
    const text = JSON.stringify(token);
    const redacted = redact(text);
    const name = `${outputToken.join(".")} ${shortened(redacted, 80)}`;
    const message = `The service gave the ${name}${fault}. The listing cannot go on; the items given so far are whole pages.`;
    // A redacted token gets no cause: the cause quotes the token's first characters, which may hold half a secret.
    return redacted === text ? new PaginationError(message, token, { cause }) : new PaginationError(message, redacted);
  };
  const inputOf = ({ token, needed }: PageRequest): unknown => {
    const size = needed < largest ? Math.max(needed, pageSize?.minimum ?? 1) : undefined;
    if (token === undefined && size === undefined) return input;
    return {
      ...members,
      ...(token !== undefined && { [inputToken]: token }),
      ...(size !== undefined && pageSize && { [pageSize.name]: size }),
    };
  };
  const fetchPage = async (request: PageRequest) => {
    try {
      const page = await call(inputOf(request), request.loopSignal);
      return { page, next: valueAt(page, outputToken) };
    } catch (error) {
      // The token is at fault: the rest of the input was valid for the first page.
      if (request.token === undefined || !(error instanceof InputError)) throw error;
      const rules = error.faults.map(({ rule }) => rule).join(" and ");
      throw tokenError(request.token, `, which breaks the contract: it ${rules}`, error);
    }
  };
  return new Listing({
    fetchPage,
    items: (page) => itemsOf(valueAt(page, items)),
    start: members[inputToken],
    tokenError,
    prefetch,
    signal,
  });
}

function itemsOf(items: unknown): readonly unknown[] {
  return Array.isArray(items) ? items : [];
}
