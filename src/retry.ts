/**
 * AWS's standard retry mode: when a failed attempt is repeated, after how long, and when to stop.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import type { ErrorShape } from "./contract.ts";

/** Why an attempt may be repeated. */
export type RetryKind = "throttling" | "transient";

const THROTTLING_CODES = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
]);
const TRANSIENT_CODES = new Set(["RequestTimeout", "RequestTimeoutException"]);
const TRANSIENT_STATUSES = new Set([500, 502, 503, 504]);
const NETWORK_CODES = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

const COST = { transient: 14, throttling: 5 };
/** Milliseconds. */
const BASE = { transient: 50, throttling: 1000 };
const LONGEST_DELAY = 20_000;
const LONGEST_HINT_BEYOND_DELAY = 5_000;

/** Whether an answer with an error may be asked for again: by its name, what the document says of it, its status. */
export function retryKindOf(
  code: string | undefined,
  status: number,
  shape: ErrorShape | undefined,
): RetryKind | undefined {
  const marked = markOf(shape);
  if (marked === "throttling" || status === 429 || (code !== undefined && THROTTLING_CODES.has(code)))
    return "throttling";
  const known = code !== undefined && TRANSIENT_CODES.has(code);
  return marked ?? (known || TRANSIENT_STATUSES.has(status) ? "transient" : undefined);
}

/** What the document's `x-retryable` says. */
export function markOf(shape: ErrorShape | undefined): RetryKind | undefined {
  if (shape === undefined || shape.retryable === false) return undefined;
  return typeof shape.retryable === "object" && shape.retryable.throttling ? "throttling" : "transient";
}

/** The first network code in an error's chain of causes, if there is one: the fault of a connection, not of a program. */
export function networkCodeOf(error: unknown): string | undefined {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    const code = "code" in at ? String(at.code) : "";
    if (NETWORK_CODES.has(code)) return code;
    // Node's parser and undici (behind fetch) have names of their own for an answer that broke off or is no HTTP.
    if (/^(HPE_|UND_ERR_(SOCKET|RES_|HEADERS_TIMEOUT|BODY_TIMEOUT|CONNECT_TIMEOUT))/.test(code)) return "ECONNRESET";
    // Happy eyeballs gives one error for every address that it tried.
    if (at instanceof AggregateError)
      for (const one of at.errors) {
        const code = networkCodeOf(one);
        if (code !== undefined) return code;
      }
  }
  return undefined;
}

/** The pause before retry `index` (from 0), in milliseconds: full jitter, and the server's hint within its bounds. */
export function delayOf(kind: RetryKind, index: number, random: number, hint: number | undefined): number {
  const delay = random * Math.min(BASE[kind] * 2 ** index, LONGEST_DELAY);
  return hint === undefined ? delay : Math.max(delay, Math.min(hint, delay + LONGEST_HINT_BEYOND_DELAY));
}

/** When the server asks to be called again, in milliseconds from now; undefined when it does not say, or unreadably. */
export function hintOf(headers: Headers, now: number): number | undefined {
  const millis = headers.get("x-amz-retry-after");
  if (millis !== null && /^\d+(\.\d+)?$/.test(millis.trim())) return Number(millis);
  const after = headers.get("retry-after")?.trim();
  if (after === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  // Date.parse takes much that is no HTTP date, "-5" for one.
  const date = /^[A-Za-z]{3,9},? /.test(after) ? Date.parse(after) - now : Number.NaN;
  return date >= 0 ? date : undefined;
}

/** Tokens that retries of one client draw on, so that a service in trouble is not met with ever more requests. */
export class RetryQuota {
  static readonly capacity = 500;
  #tokens: number;

  /** @param tokens What the quota starts with. */
  constructor(tokens: number = RetryQuota.capacity) {
    this.#tokens = tokens;
  }

  get tokens(): number {
    return this.#tokens;
  }

  take(cost: number): boolean {
    if (cost > this.#tokens) return false;
    this.#tokens -= cost;
    return true;
  }

  give(cost: number): void {
    this.#tokens = Math.min(RetryQuota.capacity, this.#tokens + cost);
  }
}

/** What to do after a failed attempt: sleep and repeat it, or give up and why. */
export type RetryDecision = { readonly delay: number } | { readonly stop: "attempts" | "quota" | "timeout" };

/** The retries of one call. */
export class RetrySession {
  readonly #quota: RetryQuota;
  readonly #maxAttempts: number;
  readonly #random: () => number;
  #retries = 0;
  #lastCost = 1;

  constructor(options: { quota: RetryQuota; maxAttempts: number; random?: () => number }) {
    this.#quota = options.quota;
    this.#maxAttempts = options.maxAttempts;
    this.#random = options.random ?? Math.random;
  }

  /** How many requests the call has sent so far when its next one is counted in. */
  get attempt(): number {
    return this.#retries + 1;
  }

  /**
   * After a failure. A pause that would outlast the call is not begun: its end would be a time-out that hides the fault.
   * @param hint What {@link hintOf} read.
   * @param remaining Milliseconds left of the call's time.
   */
  failed(kind: RetryKind, hint?: number, remaining: number = Number.POSITIVE_INFINITY): RetryDecision {
    if (this.attempt >= this.#maxAttempts) return { stop: "attempts" };
    const delay = delayOf(kind, this.#retries, this.#random(), hint);
    if (delay >= remaining) return { stop: "timeout" };
    if (!this.#quota.take(COST[kind])) return { stop: "quota" };
    this.#lastCost = COST[kind];
    this.#retries++;
    return { delay };
  }

  /** After a fault that was mended on this side, a clock or a credential: repeats at once, at no cost. */
  mended(): boolean {
    if (this.attempt >= this.#maxAttempts) return false;
    this.#retries++;
    return true;
  }

  succeeded(): void {
    this.#quota.give(this.#lastCost);
  }
}
