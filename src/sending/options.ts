/** Options and environment, checked and resolved to what a client works with. */
import type { Service } from "../contract/contract.ts";
import { ConfigurationError } from "../errors.ts";
import type { Credentials, CredentialsProvider } from "../signing/credentials.ts";
import type { Logger } from "./log.ts";

/** What every sender of signed requests can be told. */
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
  /** Milliseconds for one attempt, from its start to the last byte of its answer. @default 10000 */
  attemptTimeout?: number | undefined;
  /**
   * Sends the signed request in place of node:http(s). Gets a standard `Request` and must not follow redirects
   * (`redirect` is `"manual"`).
   */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Gets an entry for every attempt (`debug`) and every retry decision (`warn`). @default none */
  logger?: Logger | undefined;
}

/** Options of a client. */
export interface ClientOptions extends SendOptions {
  /**
   * Where to send the requests, for example `http://127.0.0.1:4567`.
   * @default AWS_ENDPOINT_URL_<SERVICE>, then AWS_ENDPOINT_URL, then the service's regional host
   */
  endpoint?: string | undefined;
}

const LONGEST_TIMER = 2 ** 31 - 1;

/** The region, from the option or the environment. */
export function regionOf(option: string | undefined): string {
  const region = option ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION);
  if (!region) throw new ConfigurationError('No region. Pass `region`, for example "us-east-1", or set AWS_REGION.');
  // It becomes part of a host name.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region))
    throw new ConfigurationError(
      `The region ${JSON.stringify(region)} must be lower-case letters, digits and hyphens, as in "us-east-1".`,
    );
  return region;
}

/** Where requests go, without a trailing slash, and whether that is the service's own host. */
export function endpointOf(
  service: Service,
  region: string,
  option: string | undefined,
): { url: string; isDefault: boolean } {
  const { env } = process;
  const own = `AWS_ENDPOINT_URL_${service.id.replaceAll(" ", "_").toUpperCase()}`;
  const variable = env[own] ? own : "AWS_ENDPOINT_URL";
  const isIgnored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === "true";
  const given = option ?? ((!isIgnored && env[variable]) || undefined);
  if (given === undefined) return { url: service.url.replaceAll("{region}", region), isDefault: true };
  const source = option === undefined ? variable : "`endpoint`";
  const fail = (fault: string): never => {
    throw new ConfigurationError(
      // Before an @ there may be a password.
      `${source} is ${JSON.stringify(given.replace(/^(\w+:\/\/)?.*@/s, "$1…@"))}, ${fault}. Give a URL such as http://127.0.0.1:4567.`,
    );
  };
  const url = URL.canParse(given) ? new URL(given) : fail("which is not a URL");
  if (url.protocol !== "http:" && url.protocol !== "https:") fail("which is neither http nor https");
  if (url.username || url.password)
    throw new ConfigurationError(`${source} is a URL with a user name or password: leave them out.`);
  if (url.search || url.hash) fail("which has a query or a fragment");
  return { url: url.href.replace(/\/+$/, ""), isDefault: false };
}

/** Attempts and times, checked. */
export function limitsOf(options: SendOptions) {
  const maxAttempts = options.maxAttempts ?? Number(process.env.AWS_MAX_ATTEMPTS || 3);
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) {
    const source = options.maxAttempts === undefined ? "AWS_MAX_ATTEMPTS" : "maxAttempts";
    throw new ConfigurationError(`${source} must be a whole number from 1, not ${maxAttempts}.`);
  }
  return {
    maxAttempts,
    timeout: milliseconds("timeout", options.timeout ?? 30_000),
    attemptTimeout: milliseconds("attemptTimeout", options.attemptTimeout ?? 10_000),
  };
}

/** Checks a time limit: without one, a silent server would be waited for for ever. */
export function milliseconds(name: string, value: number): number {
  if (typeof value !== "number" || !(value > 0 && value <= LONGEST_TIMER))
    throw new ConfigurationError(
      `${name} must be a number of milliseconds from above 0 to ${LONGEST_TIMER}, not ${value}.`,
    );
  return value;
}
