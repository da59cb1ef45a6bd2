/** The options of sending: checked, and completed from the environment. */
import { environment } from "../environment.ts";
import { ConfigurationError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Credentials, CredentialsProvider } from "../signing/credentials.ts";
import type { Logger } from "./log.ts";

/** Options of a client and of `signedFetch`. An option that is `undefined` counts as left out. */
export interface SendOptions {
  /** The AWS region, for example `"us-east-1"`. @default AWS_REGION, then AWS_DEFAULT_REGION */
  region?: string | undefined;
  /**
   * A key pair, or a function that resolves to one.
   * @default AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; then the provider chain of
   * `@aws-sdk/credential-providers`, when that package is installed
   */
  credentials?: Credentials | CredentialsProvider | undefined;
  /** The most requests that one call may send. @default AWS_MAX_ATTEMPTS, then 3 */
  maxAttempts?: number | undefined;
  /** Milliseconds for one call, with all its attempts and pauses. @default 30000 */
  timeout?: number | undefined;
  /** Milliseconds for one attempt, from its signature to the last byte of the response. @default 10000 */
  attemptTimeout?: number | undefined;
  /** The most bytes in the body of a success. A larger body is a NetworkError. @default 8388608 (8 MiB) */
  maxResponseBytes?: number | undefined;
  /**
   * Sends the signed requests. It must not follow redirects (`redirect: "manual"`).
   * @default node:http and node:https; in workerd its `fetch`
   */
  fetch?: Fetch | undefined;
  /** Receives an entry for every attempt (`debug`) and every retry decision (`warn`). @default none */
  logger?: Logger | undefined;
}

/**
 * A `fetch` of the caller's. It receives a standard `Request`, and the same request in parts for a `fetch` that refuses
 * a foreign `Request`, as undici's does:
 *
 * ```ts
 * const fetch: Fetch = (_, { url, ...init }) => undici.fetch(url, { ...init, dispatcher: new undici.ProxyAgent(proxy) });
 * ```
 */
export type Fetch = (request: Request, parts: RequestParts) => Promise<FetchedResponse>;

/** A signed request in parts: its URL, and the members of `RequestInit` that it uses. */
export interface RequestParts {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: ArrayBuffer;
  redirect: "manual";
  signal: AbortSignal;
}

/** The only part of a `Response` that is used. The responses of Node, undici and node-fetch have it. */
export interface FetchedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly redirected: boolean;
  readonly headers: { forEach(callback: (value: string, name: string) => void): void };
  /** An async iterable of `Uint8Array`, such as a `ReadableStream`. */
  readonly body: object | null;
}

const SEND_OPTIONS: Readonly<Record<keyof SendOptions, true>> = {
  region: true,
  credentials: true,
  maxAttempts: true,
  timeout: true,
  attemptTimeout: true,
  maxResponseBytes: true,
  fetch: true,
  logger: true,
};

/**
 * Refuses unknown options: a mistyped one would be ignored silently.
 * @param own The names of further options.
 * @throws ConfigurationError
 */
export function checkSendOptions(options: SendOptions, own: readonly string[]): void {
  checkOptions(options, [...own, ...Object.keys(SEND_OPTIONS)]);
}

/** @throws ConfigurationError for an option that is not known */
export function checkOptions(options: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.includes(name)) continue;
    const meant = nearest(name, known);
    const hint = meant === undefined ? `The options are ${known.join(", ")}.` : `Did you mean ${meant}?`;
    throw new ConfigurationError(`${name} is no option. ${hint}`, { option: name });
  }
}

/** The longest time that Node's timers take, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** The default is small: parsed JSON takes up to 23 times its bytes of heap, and a listing holds two pages. */
const MAX_RESPONSE_BYTES = 8 << 20;
/** The largest power of two that is sure to fit into a string of V8's. */
const MOST_RESPONSE_BYTES = 1 << 28;

/** Takes the region from the option or the environment, and checks it. */
export function regionOf(option: string | undefined): string {
  const env = environment();
  const variable = env.AWS_REGION ? "AWS_REGION" : "AWS_DEFAULT_REGION";
  const region = option ?? env[variable];
  if (!region)
    throw new ConfigurationError('region is missing: give one, for example "us-east-1", or set AWS_REGION.', {
      option: "region",
    });
  // Checked, because the region becomes part of a host name.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region))
    throw new ConfigurationError(
      `${option === undefined ? variable : "region"} must be lower-case letters, digits and hyphens, as in "us-east-1", not ${JSON.stringify(region)}.`,
      { option: option === undefined ? undefined : "region" },
    );
  return region;
}

/** Checks and completes the options that are numbers. */
export function limitsOf(options: SendOptions) {
  const maxAttempts = options.maxAttempts ?? Number(environment().AWS_MAX_ATTEMPTS || 3);
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) {
    const source = options.maxAttempts === undefined ? "AWS_MAX_ATTEMPTS" : "maxAttempts";
    throw new ConfigurationError(`${source} must be a whole number from 1, not ${maxAttempts}.`, {
      option: options.maxAttempts === undefined ? undefined : "maxAttempts",
    });
  }
  const { maxResponseBytes = MAX_RESPONSE_BYTES } = options;
  if (!Number.isSafeInteger(maxResponseBytes) || maxResponseBytes < 1 || maxResponseBytes > MOST_RESPONSE_BYTES)
    throw new ConfigurationError(
      `maxResponseBytes must be a whole number of bytes from 1 to ${MOST_RESPONSE_BYTES}, not ${maxResponseBytes}.`,
    );
  return {
    maxAttempts,
    timeout: milliseconds("timeout", options.timeout ?? 30_000),
    attemptTimeout: milliseconds("attemptTimeout", options.attemptTimeout ?? 10_000),
    maxResponseBytes,
  };
}

/** Checks a time in milliseconds. Infinity is refused: a silent server would then hold a call for ever. */
export function milliseconds(name: string, value: number): number {
  if (typeof value !== "number" || !(value > 0 && value <= LONGEST_TIMER))
    throw new ConfigurationError(
      `${name} must be a number of milliseconds from above 0 to ${LONGEST_TIMER}, not ${value}.`,
      { option: name },
    );
  return value;
}
