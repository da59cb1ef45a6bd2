/** Listings: await one for its first page, iterate it for every item. */

import { hash } from "node:crypto";
import type { Operation } from "../contract/contract.ts";
import { valueAt } from "../contract/values.ts";
import { InputError, PaginationError } from "../errors.ts";
import { isObject, shortened } from "../json.ts";
import { throwIfAborted } from "../sending/deadline.ts";

type Paginated = NonNullable<Operation["paginated"]>;

/** What a listing needs to know of its operation and call. */
export interface ListingPlan<Page> {
  readonly paginated: Paginated;
  /** Fetches the page of an input, until the caller has left. */
  readonly fetchPage: (input: unknown, left?: AbortSignal) => Promise<Page>;
  /** The input of the page to start from. */
  readonly input: unknown;
  /** Whether the next page is fetched while the caller works on this one. */
  readonly prefetch: boolean;
  /** The caller's own signal: it also ends the pauses between pages. */
  readonly signal: AbortSignal | undefined;
}

/**
 * A lazy listing. Nothing is sent until it is awaited (for its first page) or iterated (for every item, or with
 * {@link pages} for every page). Awaiting it twice shares one request; every iteration starts afresh.
 */
export class Listing<Page, Item> implements PromiseLike<Page>, AsyncIterable<Item> {
  readonly #plan: ListingPlan<Page>;
  #first: Promise<Page> | undefined;

  constructor(plan: ListingPlan<Page>) {
    this.#plan = plan;
  }

  // biome-ignore lint/suspicious/noThenProperty: a listing is awaited for its first page
  then<A = Page, B = never>(
    onPage?: ((page: Page) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#first ??= this.#plan.fetchPage(this.#plan.input);
    return this.#first.then(onPage, onError);
  }

  catch<B = never>(onError?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<Page | B> {
    return this.then(undefined, onError);
  }

  finally(onSettled?: (() => void) | null): Promise<Page> {
    return this.then().finally(onSettled);
  }

  /** Every page, the first one first. Leaving the loop ends what is in flight. */
  pages(): AsyncIterableIterator<Page> {
    return leavable((left) => walkPages(this.#plan, left));
  }

  /** Every item of every page. Leaving the loop ends what is in flight. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return leavable((left) => walkItems<Page, Item>(this.#plan, left));
  }

  /**
   * The items as a list.
   * @param options.limit The most items to give; no page is asked for, and no page is larger, than that needs.
   * @default all
   */
  async toArray(options: { limit?: number | undefined } = {}): Promise<Item[]> {
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    if (!(limit === Number.POSITIVE_INFINITY || Number.isSafeInteger(limit)) || limit < 0) {
      const rule = "must be a whole number from 0";
      throw new InputError(`toArray: limit ${rule}, not ${limit}. Nothing was sent.`, [{ member: "limit", rule }]);
    }
    const items: Item[] = [];
    if (limit === 0) return items;
    const plan = { ...this.#plan, prefetch: false };
    for await (const page of leavable((left) => walkPages(plan, left, () => limit - items.length))) {
      for (const item of itemsOf<Item>(plan.paginated, page)) if (items.length < limit) items.push(item);
      if (items.length >= limit) break;
    }
    return items;
  }
}

/** A walk whose `return()` ends what is in flight; a generator's own would wait for it. */
function leavable<T>(walk: (left: AbortSignal) => AsyncGenerator<T, void, undefined>): AsyncIterableIterator<T> {
  const left = new AbortController();
  const iterator = walk(left.signal);
  const finish = iterator.return.bind(iterator);
  iterator.return = () => {
    left.abort();
    return finish();
  };
  return iterator;
}

/**
 * Walks the pages, at most one ahead of its caller.
 * @param left Aborts when the caller has left.
 * @param wanted How many items the caller still needs.
 */
async function* walkPages<Page>(
  plan: ListingPlan<Page>,
  left: AbortSignal,
  wanted: () => number = () => Number.POSITIVE_INFINITY,
): AsyncGenerator<Page, void, undefined> {
  const { paginated, fetchPage, prefetch, signal } = plan;
  const { inputToken, pageSize } = paginated;
  const input = isObject(plan.input) ? plan.input : {};
  const largest = ((pageSize && input[pageSize.name]) ?? pageSize?.maximum ?? Number.POSITIVE_INFINITY) as number;
  /** Digests of the tokens followed: a listing of many pages would keep long tokens for long. */
  const followed = new Set<string>();
  if (typeof input[inputToken] === "string") followed.add(digestOf(input[inputToken]));

  const inputOf = (token: unknown): unknown => {
    const size = wanted() < largest ? Math.max(wanted(), pageSize?.minimum ?? 1) : undefined;
    if (token === undefined && size === undefined) return plan.input;
    return {
      ...input,
      ...(token !== undefined && { [inputToken]: token }),
      ...(size !== undefined && pageSize && { [pageSize.name]: size }),
    };
  };
  const follow = async (token: unknown): Promise<Page> => {
    if (isToken(token)) {
      const digest = digestOf(token);
      if (followed.has(digest))
        throw unfollowable(paginated, token, " a second time: following it would list the same pages for ever");
      followed.add(digest);
    }
    try {
      return await fetchPage(inputOf(token), left);
    } catch (error) {
      // The rest of the input has passed before: the fault is the token's, and so the service's.
      if (!isToken(token) || !(error instanceof InputError)) throw error;
      const rules = error.faults.map(({ rule }) => rule).join(" and ");
      throw unfollowable(paginated, token, `, which it would not take back: it ${rules}`, error);
    }
  };

  let token: unknown;
  let ahead: Promise<Page> | undefined;
  do {
    throwIfAborted(signal);
    let page: Page;
    try {
      page = await (ahead ?? follow(token));
    } catch (error) {
      if (left.aborted) return;
      throw error;
    }
    token = valueAt(page, paginated.outputToken);
    ahead = prefetch && isToken(token) ? follow(token) : undefined;
    // A failure is for the caller's next step to meet, if there is one.
    ahead?.catch(() => {});
    yield page;
  } while (isToken(token));
}

async function* walkItems<Page, Item>(
  plan: ListingPlan<Page>,
  left: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  for await (const page of walkPages(plan, left))
    for (const item of itemsOf<Item>(plan.paginated, page)) {
      throwIfAborted(plan.signal);
      yield item;
    }
}

function itemsOf<Item>(paginated: Paginated, page: unknown): readonly Item[] {
  const items = valueAt(page, paginated.items);
  return Array.isArray(items) ? items : [];
}

/** Whether there is more: an absent token and an empty one both say no. */
function isToken(token: unknown): boolean {
  return token !== undefined && token !== "";
}

function digestOf(token: unknown): string {
  return hash("sha256", JSON.stringify(token), "base64");
}

/** Why the listing ends before its end. */
function unfollowable({ outputToken }: Paginated, token: unknown, fault: string, cause?: InputError): PaginationError {
  const name = `${outputToken.join(".")} ${shortened(JSON.stringify(token), 80)}`;
  const message = `The service gave the ${name}${fault}. The listing cannot go on; the items given so far are whole pages.`;
  return new PaginationError(message, token, { cause });
}
