/** Listings: await one for its first page, iterate it for every item. */
import { createHash } from "node:crypto";
import type { Operation } from "./contract.ts";
import { InputError, PaginationError } from "./errors.ts";
import { valueAt } from "./values.ts";

/** Fetches the page at `token` (undefined: where the input says), with a page size other than the input's if given. */
export type FetchPage<Page> = (token: unknown, pageSize?: number, signal?: AbortSignal) => Promise<Page>;

/** What a listing needs to know of its operation and call. */
export interface ListingPlan<Page> {
  readonly paginated: NonNullable<Operation["paginated"]>;
  readonly fetchPage: FetchPage<Page>;
  /** The token that the input starts from. */
  readonly startToken: unknown;
  /** The page size that the input asks for. */
  readonly pageSize: number | undefined;
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
    this.#first ??= this.#plan.fetchPage(undefined);
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
    return new PageIterator(this.#plan);
  }

  /** Every item of every page. Leaving the loop ends what is in flight. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return new ItemIterator<Page, Item>(this.#plan);
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
    const pages = new PageIterator({ ...this.#plan, prefetch: false }, () => limit - items.length);
    for await (const page of pages) {
      for (const item of itemsOf<Item>(this.#plan, page)) if (items.length < limit) items.push(item);
      if (items.length >= limit) break;
    }
    return items;
  }
}

function itemsOf<Item>(plan: Pick<ListingPlan<unknown>, "paginated">, page: unknown): readonly Item[] {
  const items = valueAt(page, plan.paginated.items);
  return Array.isArray(items) ? items : [];
}

/** Walks the pages, at most one ahead of its caller. */
class PageIterator<Page> implements AsyncIterableIterator<Page> {
  readonly #plan: ListingPlan<Page>;
  readonly #wanted: () => number;
  readonly #left = new AbortController();
  /** Digests of the tokens followed so far: a listing of many pages would keep long tokens for long. */
  readonly #seen = new Set<string>();
  #token: unknown;
  #ahead: Promise<Page> | undefined;
  #state: "start" | "going" | "done" = "start";
  #turn: Promise<unknown> = Promise.resolve();

  /** @param wanted How many items the caller still needs. */
  constructor(plan: ListingPlan<Page>, wanted: () => number = () => Number.POSITIVE_INFINITY) {
    this.#plan = plan;
    this.#wanted = wanted;
    this.#remember(plan.startToken);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Calls made without waiting take turns. */
  next(): Promise<IteratorResult<Page>> {
    const turn = this.#turn.then(() => this.#step());
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async return(): Promise<IteratorResult<Page>> {
    this.#state = "done";
    this.#left.abort(new DOMException("The caller has left the listing", "AbortError"));
    return { done: true, value: undefined };
  }

  async #step(): Promise<IteratorResult<Page>> {
    if (this.#state === "done") return { done: true, value: undefined };
    try {
      this.#plan.signal?.throwIfAborted();
      const page = await (this.#ahead ?? this.#fetch());
      // The caller may have left while the page was under way.
      if (this.#left.signal.aborted) return { done: true, value: undefined };
      this.#advance(page);
      return { done: false, value: page };
    } catch (error) {
      const left = this.#left.signal.aborted;
      await this.return();
      if (left) return { done: true, value: undefined };
      throw error;
    }
  }

  /** Notes where the next page is; a repeated token is an error that the caller meets after this page. */
  #advance(page: Page): void {
    this.#ahead = undefined;
    this.#state = "going";
    this.#token = valueAt(page, this.#plan.paginated.outputToken);
    if (this.#token === undefined || this.#token === "") {
      this.#state = "done";
      return;
    }
    if (!this.#remember(this.#token)) this.#ahead = Promise.reject(repeated(this.#plan, this.#token));
    else if (this.#plan.prefetch) this.#ahead = this.#fetch();
    // Only the caller's next step is to see a failure.
    this.#ahead?.catch(() => {});
  }

  #fetch(): Promise<Page> {
    const { pageSize, paginated, fetchPage } = this.#plan;
    const most = pageSize ?? paginated.pageSize?.maximum ?? Number.POSITIVE_INFINITY;
    const size = this.#wanted() < most ? this.#wanted() : pageSize;
    return fetchPage(this.#state === "start" ? undefined : this.#token, size, this.#left.signal);
  }

  /** False when the token was there before. */
  #remember(token: unknown): boolean {
    if (token === undefined || token === "") return true;
    const digest = createHash("sha256").update(JSON.stringify(token)).digest("base64");
    if (this.#seen.has(digest)) return false;
    this.#seen.add(digest);
    return true;
  }
}

/** Walks the items of the pages. Not a generator: that would cost a handful of promises for each item. */
class ItemIterator<Page, Item> implements AsyncIterableIterator<Item> {
  readonly #plan: ListingPlan<Page>;
  readonly #pages: PageIterator<Page>;
  #items: readonly Item[] = [];
  #index = 0;
  #turn: Promise<IteratorResult<Item>> | undefined;

  constructor(plan: ListingPlan<Page>) {
    this.#plan = plan;
    this.#pages = new PageIterator(plan);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Item>> {
    if (!this.#turn && this.#index < this.#items.length && !this.#plan.signal?.aborted)
      return Promise.resolve({ done: false, value: this.#items[this.#index++] as Item });
    const step = () => this.#step();
    const turn = this.#turn ? this.#turn.then(step, step) : this.#step();
    this.#turn = turn;
    const free = () => {
      if (this.#turn === turn) this.#turn = undefined;
    };
    turn.then(free, free);
    return turn;
  }

  async return(): Promise<IteratorResult<Item>> {
    this.#items = [];
    await this.#pages.return();
    return { done: true, value: undefined };
  }

  async #step(): Promise<IteratorResult<Item>> {
    if (this.#plan.signal?.aborted) await this.return();
    this.#plan.signal?.throwIfAborted();
    while (this.#index >= this.#items.length) {
      const { done, value } = await this.#pages.next();
      if (done) return { done: true, value: undefined };
      this.#items = itemsOf<Item>(this.#plan, value);
      this.#index = 0;
    }
    return { done: false, value: this.#items[this.#index++] as Item };
  }
}

function repeated(plan: Pick<ListingPlan<unknown>, "paginated">, token: unknown): PaginationError {
  const name = plan.paginated.outputToken.join(".");
  const text = JSON.stringify(token);
  return new PaginationError(
    `The service gave the ${name} ${text.length > 80 ? `${text.slice(0, 80)}…` : text} a second time in one listing. ` +
      "Following it would list the same pages for ever; the items given so far are whole pages.",
    token,
  );
}
