/** A listing: awaited, it gives its first page; iterated, every item. */
import { InputError } from "../errors.ts";
import { throwIfAborted } from "../sending/deadline.ts";
import { type PagePlan, pagesOf } from "./pages.ts";

/** How a listing gets its pages, and the items of a page. */
export interface ListingPlan<Page, Item> extends PagePlan<Page> {
  // A method and not a property: it makes a listing of a type assignable to a listing of its base type.
  items(page: Page): readonly Item[];
}

/**
 * A lazy listing: it sends nothing until it is awaited or iterated.
 *
 * ```ts
 * const page = await listing;                            // the first page
 * for await (const item of listing) console.log(item);   // every item of every page
 * for await (const page of listing.pages()) save(page);  // every page
 * const items = await listing.toArray({ limit: 500 });   // the first 500 items
 * ```
 *
 * Awaiting it twice shares one request. Every iteration starts again at the first page.
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
      loopSignal: undefined,
      needed: Number.POSITIVE_INFINITY,
    });
    return page;
  }

  /** Iterates the pages in their order. Leaving the loop ends the request in flight. */
  pages(): AsyncIterableIterator<Page> {
    return leavable((loopSignal) => pagesOf(this.#plan, loopSignal));
  }

  /** Iterates the items of all pages. Leaving the loop ends the request in flight. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return leavable((loopSignal) => itemsOf(this.#plan, loopSignal));
  }

  /**
   * Resolves to the items of all pages as an array.
   * @param options.limit The most items. It also bounds the number and the size of the pages that are fetched.
   * @default all items
   * @throws InputError for a limit that is not a whole number from 0
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
    for await (const page of leavable((loopSignal) => pagesOf(plan, loopSignal, () => limit - list.length))) {
      for (const item of plan.items(page)) if (list.length < limit) list.push(item);
      if (list.length >= limit) break;
    }
    return list;
  }
}

async function* itemsOf<Page, Item>(
  plan: ListingPlan<Page, Item>,
  loopSignal: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  for await (const page of pagesOf(plan, loopSignal))
    for (const item of plan.items(page)) {
      throwIfAborted(plan.signal);
      yield item;
    }
}

/** Makes an iterator whose `return()` ends the request in flight: a generator's own `return()` would wait for it. */
function leavable<T>(
  iterate: (loopSignal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncIterableIterator<T> {
  const loop = new AbortController();
  const iterator = iterate(loop.signal);
  const finish = iterator.return.bind(iterator);
  iterator.return = () => {
    loop.abort();
    return finish();
  };
  return iterator;
}
