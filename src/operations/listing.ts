/** Listings: await one for its first page, iterate it for every item. */
import { InputError } from "../errors.ts";
import { throwIfAborted } from "../sending/deadline.ts";
import { type PagePlan, pagesOf } from "./pages.ts";

/** The pages of a listing, and the items in them. */
export interface ListingPlan<Page, Item> extends PagePlan<Page> {
  // A method, so that a listing of a type is one of its base type too.
  items(page: Page): readonly Item[];
}

/**
 * A lazy listing. Nothing is sent until it is awaited (for its first page) or iterated (for every item, or with
 * {@link pages} for every page). Awaiting it twice shares one request; every iteration starts afresh.
 */
export class Listing<Page, Item> implements PromiseLike<Page>, AsyncIterable<Item> {
  readonly #plan: ListingPlan<Page, Item>;
  #first: Promise<Page> | undefined;

  constructor(plan: ListingPlan<Page, Item>) {
    this.#plan = plan;
  }

  // biome-ignore lint/suspicious/noThenProperty: a listing is awaited for its first page
  then<A = Page, B = never>(
    onPage?: ((page: Page) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#first ??= this.#fetchFirst();
    return this.#first.then(onPage, onError);
  }

  catch<B = never>(onError?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<Page | B> {
    return this.then(undefined, onError);
  }

  finally(onSettled?: (() => void) | null): Promise<Page> {
    return this.then().finally(onSettled);
  }

  async #fetchFirst(): Promise<Page> {
    const { page } = await this.#plan.fetchPage({
      token: undefined,
      left: undefined,
      wanted: Number.POSITIVE_INFINITY,
    });
    return page;
  }

  /** Every page, the first one first. Leaving the loop ends the request in flight. */
  pages(): AsyncIterableIterator<Page> {
    return leavable((left) => pagesOf(this.#plan, left));
  }

  /** Every item of every page. Leaving the loop ends the request in flight. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return leavable((left) => itemsOf(this.#plan, left));
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
    const list: Item[] = [];
    if (limit === 0) return list;
    const plan = { ...this.#plan, prefetch: false };
    for await (const page of leavable((left) => pagesOf(plan, left, () => limit - list.length))) {
      for (const item of plan.items(page)) if (list.length < limit) list.push(item);
      if (list.length >= limit) break;
    }
    return list;
  }
}

async function* itemsOf<Page, Item>(
  plan: ListingPlan<Page, Item>,
  left: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  for await (const page of pagesOf(plan, left))
    for (const item of plan.items(page)) {
      throwIfAborted(plan.signal);
      yield item;
    }
}

/** An iterator whose `return()` ends the request in flight; a generator's own would wait for it. */
function leavable<T>(iterate: (left: AbortSignal) => AsyncGenerator<T, void, undefined>): AsyncIterableIterator<T> {
  const left = new AbortController();
  const iterator = iterate(left.signal);
  const finish = iterator.return.bind(iterator);
  iterator.return = () => {
    left.abort();
    return finish();
  };
  return iterator;
}
