/** Options of sending, checked and completed from the environment. */
import { ConfigurationError } from "../errors.ts";
import type { Credentials, CredentialsProvider } from "../signing/credentials.ts";
import type { Logger } from "./log.ts";

/** Options of everything that sends signed requests. */
export interface SendOptions {
  /** @default AWS_REGION, then AWS_DEFAULT_REGION */
  region?: string | undefined;
  /**
   * A key pair, or a function that gives one.
   * @default AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; then the provider chain of
   * `@aws-sdk/credential-providers`, if that is installed
   */
  credentials?: Credentials | CredentialsProvider | undefined;
  /** The most requests that one call may send. @default AWS_MAX_ATTEMPTS, then 3 */
  maxAttempts?: number | undefined;
  /** Milliseconds for one call, all its attempts and pauses included. @default 30000 */
  timeout?: number | undefined;
  /** Milliseconds for one attempt, from its start to the last byte of the response. @default 10000 */
  attemptTimeout?: number | undefined;
  /** The most bytes of a success's body. A larger one is a NetworkError. @default 8388608 (8 MiB) */
  maxResponseBytes?: number | undefined;
  /**
   * Sends the signed request in place of node:http(s). Gets a standard `Request` and must not follow redirects
   * (`redirect` is `"manual"`).
   */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Gets an entry for every attempt (`debug`) and every retry decision (`warn`). @default none */
  logger?: Logger | undefined;
}

const LONGEST_TIMER = 2 ** 31 - 1;
/** JSON of empty objects takes 23 times its bytes of heap, and a listing holds two pages. */
const MAX_RESPONSE_BYTES = 8 << 20;
/** Twice as many would be more than a string of V8's holds. */
const MOST_RESPONSE_BYTES = 1 << 28;

/** The region, from the option or the environment. */
export function regionOf(option: string | undefined): string {
  const { env } = process;
  const variable = env.AWS_REGION ? "AWS_REGION" : "AWS_DEFAULT_REGION";
  const region = option ?? env[variable];
  if (!region)
    throw new ConfigurationError('region is missing: give one, for example "us-east-1", or set AWS_REGION.', {
      option: "region",
    });
  // The region becomes part of a host name.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region))
    throw new ConfigurationError(
      `${option === undefined ? variable : "region"} must be lower-case letters, digits and hyphens, as in "us-east-1", not ${JSON.stringify(region)}.`,
      { option: option === undefined ? undefined : "region" },
    );
  return region;
}

/** Attempts, times and sizes, checked. */
export function limitsOf(options: SendOptions) {
  const maxAttempts = options.maxAttempts ?? Number(process.env.AWS_MAX_ATTEMPTS || 3);
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

/** Checks a time in milliseconds: without an end, a silent server would hold a call for ever. */
export function milliseconds(name: string, value: number): number {
  if (typeof value !== "number" || !(value > 0 && value <= LONGEST_TIMER))
    throw new ConfigurationError(
      `${name} must be a number of milliseconds from above 0 to ${LONGEST_TIMER}, not ${value}.`,
      { option: name },
    );
  return value;
}
