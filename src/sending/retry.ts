/**
 * AWS's standard retry mode: when a failed attempt is repeated, after how long, and when to stop.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import type { ErrorShape } from "../contract/contract.ts";

/** Why an attempt may be repeated. */
export type RetryKind = "throttling" | "transient";

/** The cause of an error, as far as its name tells: one that passes, or one that is corrected locally. */
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

/** The tokens of the retry quota that a retry costs. */
const COST = { transient: 14, throttling: 5 };
/** The longest pause before the first retry, in milliseconds. It doubles with each retry. */
const BASE = { transient: 50, throttling: 1000 };
/** The longest pause before any retry, in milliseconds, without a retry-after. */
const LONGEST_DELAY = 20_000;
/** The most milliseconds by which a retry-after may prolong a pause. */
const LONGEST_BEYOND_DELAY = 5_000;
/** The tokens of a full retry quota. */
const CAPACITY = 500;

/** The cause of an error of this name. */
export function causeOf(code: string | undefined): Cause | undefined {
  const causes = Object.keys(CODES) as Cause[];
  return code === undefined ? undefined : causes.find((cause) => CODES[cause].has(code));
}

/** Whether an error may be retried: by its name, its shape in the document, and its status. */
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

/** The pause before retry `index` (from 0), in milliseconds: full jitter, and the server's retry-after within bounds. */
export function delayOf(kind: RetryKind, index: number, random: number, retryAfter: number | undefined): number {
  const delay = random * Math.min(BASE[kind] * 2 ** index, LONGEST_DELAY);
  return retryAfter === undefined ? delay : Math.max(delay, Math.min(retryAfter, delay + LONGEST_BEYOND_DELAY));
}

/** A failed attempt whose call may go on. */
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

/** The token bucket that all retries of one client draw on: it keeps retries from adding to a service's overload. */
export class RetryQuota {
  tokens: number;

  /** @param tokens The tokens at the start. */
  constructor(tokens: number = CAPACITY) {
    this.tokens = tokens;
  }

  /**
   * Pays for a retry. Returns the milliseconds to wait for it, or the reason for having none. A pause that would
   * outlast the call is not begun: the timeout at its end would hide the error.
   */
  retry({ kind, attempt, maxAttempts, retryAfter, remaining }: Failed): number | "attempts" | "timeout" | "quota" {
    if (attempt >= maxAttempts) return "attempts";
    const delay = delayOf(kind, attempt - 1, Math.random(), retryAfter);
    if (delay >= remaining) return "timeout";
    if (this.tokens < COST[kind]) return "quota";
    this.tokens -= COST[kind];
    return delay;
  }

  /** Gives back the cost of the last retry of a call that succeeds, or one token when there was none. */
  refund(last: RetryKind | undefined): void {
    this.tokens = Math.min(CAPACITY, this.tokens + (last === undefined ? 1 : COST[last]));
  }
}
