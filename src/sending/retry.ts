/**
 * AWS's standard retry mode: whether a failed attempt is retried, and after which pause.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import type { ErrorShape } from "../contract/contract.ts";

/** Why an attempt may be retried. */
export type RetryKind = "throttling" | "transient";

/** The cause that an error's name tells: a retry kind, or a local state that can be corrected. */
export type Cause = RetryKind | "clock" | "credentials";

const CODES: Readonly<Record<Cause, ReadonlySet<string>>> = {
  throttling: new Set([
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
  ]),
  transient: new Set(["RequestTimeout", "RequestTimeoutException"]),
  // A service may refuse a wrong date by any of these names. The clock is corrected only when the response's own date
  // shows that it is wrong.
  clock: new Set([
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
  ]),
  credentials: new Set(["ExpiredToken", "ExpiredTokenException"]),
};
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** The tokens that a retry takes from the retry quota. */
const COST = { transient: 14, throttling: 5 };
/** The longest pause before the first retry, in milliseconds. It doubles with each further retry. */
const BASE = { transient: 50, throttling: 1000 };
/**
 * The longest pause before a retry, in milliseconds, without a retry-after. The doubled pause reaches it at the tenth
 * attempt, or the sixth of a throttled call: the default of three attempts stays far below.
 */
const LONGEST_DELAY = 20_000;
/** The most milliseconds that a retry-after may add to a pause. */
const LONGEST_BEYOND_DELAY = 5_000;
/** The tokens of a full retry quota. */
const CAPACITY = 500;

/** The cause of an error, by the error's name. */
export function causeOf(code: string | undefined): Cause | undefined {
  const causes = Object.keys(CODES) as Cause[];
  return code === undefined ? undefined : causes.find((cause) => CODES[cause].has(code));
}

/** The retry kind of an error, by its name, its description in the document and its status; undefined for no retry. */
export function retryKindOf(
  code: string | undefined,
  status: number,
  shape: ErrorShape | undefined,
): RetryKind | undefined {
  const marked = markOf(shape);
  const cause = causeOf(code);
  if (marked === "throttling" || status === 429 || cause === "throttling") return "throttling";
  return marked ?? (cause === "transient" || TRANSIENT_STATUSES.has(status) ? "transient" : undefined);
}

/** The retry kind that the document's `x-retryable` gives. */
export function markOf(shape: ErrorShape | undefined): RetryKind | undefined {
  const retryable = shape?.retryable;
  if (!retryable) return undefined;
  return typeof retryable === "object" && retryable.throttling ? "throttling" : "transient";
}

/** The pause before retry `index` (from 0), in milliseconds: full jitter, and the retry-after within its bounds. */
export function delayOf(kind: RetryKind, index: number, random: number, retryAfter: number | undefined): number {
  const delay = random * Math.min(BASE[kind] * 2 ** index, LONGEST_DELAY);
  return retryAfter === undefined ? delay : Math.max(delay, Math.min(retryAfter, delay + LONGEST_BEYOND_DELAY));
}

/** A failed attempt that may be retried. */
export interface Failed {
  readonly kind: RetryKind;
  /** From 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** The service's retry-after, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** Milliseconds left of the call's time. */
  readonly remaining: number;
}

/** The token bucket of a client's retries: it keeps retries from adding to the load of an overloaded service. */
export class RetryQuota {
  tokens: number;

  /** @param tokens The tokens at the start. */
  constructor(tokens: number = CAPACITY) {
    this.tokens = tokens;
  }

  /**
   * Grants a retry, and takes its tokens. Returns the milliseconds of the pause before it, or the reason against it. A
   * pause longer than the remaining time is such a reason: a timeout at the end of the pause would hide the error.
   */
  grant({ kind, attempt, maxAttempts, retryAfter, remaining }: Failed): number | "attempts" | "timeout" | "quota" {
    if (attempt >= maxAttempts) return "attempts";
    const delay = delayOf(kind, attempt - 1, Math.random(), retryAfter);
    if (delay >= remaining) return "timeout";
    if (this.tokens < COST[kind]) return "quota";
    this.tokens -= COST[kind];
    return delay;
  }

  /** Returns tokens after a successful call: the cost of its last retry, or one when there was no retry. */
  refund(last: RetryKind | undefined): void {
    this.tokens = Math.min(CAPACITY, this.tokens + (last === undefined ? 1 : COST[last]));
  }
}
