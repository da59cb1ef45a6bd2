/**
 * AWS's standard retry mode: when a failed attempt is repeated, after how long, and when to stop.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import type { ErrorShape } from "../contract/contract.ts";
import type { HeaderLookup } from "./response.ts";

/** Why an attempt may be repeated. */
export type RetryKind = "throttling" | "transient";

/** What is behind an error, as far as its name tells: a fault that passes, or one to set right on this side. */
export type Cause = RetryKind | "clock" | "credentials";

const CODES: Readonly<Record<Cause, string>> = {
  throttling:
    "BandwidthLimitExceeded EC2ThrottledException LimitExceededException PriorRequestNotComplete " +
    "ProvisionedThroughputExceededException RequestLimitExceeded RequestThrottled RequestThrottledException SlowDown " +
    "ThrottledException Throttling ThrottlingException TooManyRequestsException TransactionInProgressException",
  transient: "RequestTimeout RequestTimeoutException",
  clock:
    "AccessDeniedException AuthFailure InvalidSignatureException RequestExpired RequestInTheFuture " +
    "RequestTimeTooSkewed SignatureDoesNotMatch",
  credentials: "ExpiredToken ExpiredTokenException",
};
const TRANSIENT_STATUSES = [500, 502, 503, 504];
const NETWORK_CODES = "ECONNRESET ECONNREFUSED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN".split(" ");

const COST = { transient: 14, throttling: 5 };
/** Milliseconds. */
const BASE = { transient: 50, throttling: 1000 };
const LONGEST_DELAY = 20_000;
const LONGEST_HINT_BEYOND_DELAY = 5_000;
const CAPACITY = 500;

/** What is behind an error of this name. */
export function causeOf(code: string | undefined): Cause | undefined {
  const causes = Object.keys(CODES) as Cause[];
  return code === undefined ? undefined : causes.find((cause) => CODES[cause].split(" ").includes(code));
}

/** Whether an answer with an error may be asked for again: by its name, what the document says of it, its status. */
export function retryKindOf(
  code: string | undefined,
  status: number,
  shape: ErrorShape | undefined,
): RetryKind | undefined {
  const marked = markOf(shape);
  const cause = causeOf(code);
  if (marked === "throttling" || status === 429 || cause === "throttling") return "throttling";
  return marked ?? (cause === "transient" || TRANSIENT_STATUSES.includes(status) ? "transient" : undefined);
}

/** What the document's `x-retryable` says. */
export function markOf(shape: ErrorShape | undefined): RetryKind | undefined {
  const retryable = shape?.retryable;
  if (!retryable) return undefined;
  return typeof retryable === "object" && retryable.throttling ? "throttling" : "transient";
}

/** Names that undici, behind `fetch`, has for what node:http names by the system's. */
const UNDICI_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "ECONNRESET",
  UND_ERR_CONNECT_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_TIMEOUT: "ETIMEDOUT",
  UND_ERR_BODY_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_OVERFLOW: "HPE_HEADER_OVERFLOW",
};

/** Why there is no answer, from the chain of causes: the fault of a connection, or else the innermost one. */
export function networkFaultOf(error: unknown): { code?: string; reason: string; transient: boolean } {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && !chain.includes(at); at = at.cause) chain.push(at);
  // Happy eyeballs gives one error for every address that it tried.
  for (const one of chain.flatMap((at) => (at instanceof AggregateError ? [at, ...at.errors] : [at]))) {
    const own = "code" in one ? String(one.code) : "";
    const code = UNDICI_CODES[own] ?? own;
    // HPE is Node's parser: what came is no HTTP, or broke off.
    if (NETWORK_CODES.includes(code) || code.startsWith("HPE_")) return { code, reason: code, transient: true };
  }
  const last = chain.at(-1);
  const reason = last?.message ?? String(error);
  if (last === undefined || !("code" in last)) return { reason, transient: false };
  // TLS that fails has a code of OpenSSL's in fetch, and a message with a thread's number in both.
  const code = String(last.code).replace(/^ERR_SSL_.*/, "EPROTO");
  return { code, reason: code === "EPROTO" ? code : reason, transient: false };
}

/** The pause before retry `index` (from 0), in milliseconds: full jitter, and the server's hint within its bounds. */
export function delayOf(kind: RetryKind, index: number, random: number, hint: number | undefined): number {
  const delay = random * Math.min(BASE[kind] * 2 ** index, LONGEST_DELAY);
  return hint === undefined ? delay : Math.max(delay, Math.min(hint, delay + LONGEST_HINT_BEYOND_DELAY));
}

/** In how many milliseconds the server asks to be called again; undefined when it does not say, or unreadably. */
export function retryAfterOf(headers: HeaderLookup): number | undefined {
  const millis = headers.get("x-amz-retry-after");
  if (millis !== null && /^\d+(\.\d+)?$/.test(millis.trim())) return Number(millis);
  const after = headers.get("retry-after")?.trim();
  if (after === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  // Date.parse takes much that is no HTTP date, "-5" for one.
  if (!/^[A-Za-z]{3,9},? /.test(after)) return undefined;
  // By the clock that the date was reckoned by: ours may be wrong.
  const wait = Date.parse(after) - (Date.parse(headers.get("date") ?? "") || Date.now());
  return wait >= 0 ? wait : undefined;
}

/** A failed attempt whose call may go on. */
export interface Failed {
  readonly kind: RetryKind;
  /** From 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** What {@link retryAfterOf} read. */
  readonly hint?: number | undefined;
  /** Milliseconds left of the call's time. */
  readonly remaining: number;
}

/** Tokens that the retries of one client draw on, so that a service in trouble is not met with ever more requests. */
export class RetryQuota {
  tokens: number;

  /** @param tokens What the quota starts with. */
  constructor(tokens: number = CAPACITY) {
    this.tokens = tokens;
  }

  /**
   * Pays for a retry. The milliseconds to wait for it, or why there is none. A pause that would outlast the call is not
   * begun: its end would be a time-out that hides the fault.
   */
  retry({ kind, attempt, maxAttempts, hint, remaining }: Failed): number | "attempts" | "timeout" | "quota" {
    if (attempt >= maxAttempts) return "attempts";
    const delay = delayOf(kind, attempt - 1, Math.random(), hint);
    if (delay >= remaining) return "timeout";
    if (this.tokens < COST[kind]) return "quota";
    this.tokens -= COST[kind];
    return delay;
  }

  /** Gives back what the last retry of a call that succeeds has cost, or one token when there was none. */
  refund(last: RetryKind | undefined): void {
    this.tokens = Math.min(CAPACITY, this.tokens + (last === undefined ? 1 : COST[last]));
  }
}
