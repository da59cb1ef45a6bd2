/** Gets credentials from an option, a provider or the environment, and keeps them until they expire. */
import { environment } from "../environment.ts";
import { CredentialsError, messageOf } from "../errors.ts";
import { importOptional } from "../optional-package.ts";

/** A key pair, in the shape that AWS's SDKs use. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The session token of temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** The time from which on the service refuses the credentials. */
  readonly expiration?: Date | undefined;
}

/**
 * Resolves to credentials, in the shape of the providers of AWS's SDKs. It is called with `{ forceRefresh: true }`
 * after the service has refused the last credentials as expired: a provider with a cache must then not use the cache.
 */
// biome-ignore lint/suspicious/noExplicitAny: AWS's providers declare options of their own, which nothing else fits
export type CredentialsProvider = (options?: any) => Promise<Credentials>;

/** Credentials are refreshed this many milliseconds before their `expiration`. */
const REFRESH_BEFORE = 5 * 60_000;
/** A provider that stays silent is asked again after this many milliseconds. */
const LONGEST_REFRESH = 60_000;
const CHAIN = "@aws-sdk/credential-providers";

/** Keeps a provider's credentials until shortly before they expire. Concurrent callers share one refresh. */
export class CredentialsSource {
  /** Undefined when the option is a key pair. */
  readonly #provider: CredentialsProvider | undefined;
  readonly #now: () => number;
  #kept: Credentials | undefined;
  #refused = false;
  #pending: { readonly since: number; readonly credentials: Promise<Credentials> } | undefined;

  /** @param option A key pair, a provider, or undefined for the environment and then AWS's provider chain. */
  constructor(option: Credentials | CredentialsProvider | undefined, now: () => number = Date.now) {
    this.#now = now;
    if (typeof option === "object")
      this.#kept = { ...checked(option, "the credentials option"), expiration: undefined };
    else this.#provider = option ?? defaultProvider;
  }

  /** The kept credentials; undefined when there are none, or when they expire within five minutes. */
  get current(): Credentials | undefined {
    const until = Number(this.#kept?.expiration ?? Number.POSITIVE_INFINITY);
    return until - this.#now() >= REFRESH_BEFORE ? this.#kept : undefined;
  }

  /** Asks the provider. Callers that come while it is being asked share its result. */
  refresh(): Promise<Credentials> {
    const since = this.#now();
    if (this.#pending && since - this.#pending.since < LONGEST_REFRESH) return this.#pending.credentials;
    const credentials = this.#ask().finally(() => {
      if (this.#pending?.credentials === credentials) this.#pending = undefined;
    });
    this.#pending = { since, credentials };
    return credentials;
  }

  /**
   * Forgets credentials that the service has refused, unless newer ones have replaced them already. Returns whether
   * there is a provider to ask for others.
   */
  forget(refused: Credentials): boolean {
    if (!this.#provider) return false;
    if (this.#kept === refused) {
      this.#kept = undefined;
      this.#refused = true;
    }
    return true;
  }

  async #ask(): Promise<Credentials> {
    let provided: unknown;
    try {
      provided = await this.#provider?.(this.#refused ? { forceRefresh: true } : undefined);
    } catch (cause) {
      if (cause instanceof CredentialsError) throw cause;
      throw new CredentialsError(`The credentials provider failed: ${messageOf(cause)}`, { cause });
    }
    // A copy, because `forget` compares by identity and a provider may return the same object again.
    this.#kept = { ...checked(provided, "what the credentials provider gave") };
    this.#refused = false;
    return this.#kept;
  }
}

/** Checks the members of credentials. The error names no value: half of a key pair may be a secret. */
function checked(value: unknown, source: string): Credentials {
  const credentials = (value ?? {}) as Credentials;
  const refuse = (member: string, fault: string): never => {
    throw new CredentialsError(`${member} ${fault} in ${source}.`);
  };
  for (const member of ["accessKeyId", "secretAccessKey", "sessionToken"] as const) {
    const value: unknown = credentials[member] || undefined;
    if (value === undefined && member === "sessionToken") continue;
    if (typeof value !== "string") refuse(member, "is missing, or is no string,");
    // For example a line break that was read from a file with the key.
    else if (/[^!-~]/.test(value)) refuse(member, "has white space, or characters outside ASCII,");
  }
  if (Number.isNaN(Number(credentials.expiration ?? 0))) refuse("expiration", "is no valid Date");
  return credentials;
}

/** Takes credentials from the environment, else from AWS's provider chain when its package is installed. */
async function defaultProvider(): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment();
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY)
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN || undefined,
    };
  if (AWS_ACCESS_KEY_ID || AWS_SECRET_ACCESS_KEY) {
    const missing = AWS_ACCESS_KEY_ID ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID";
    throw new CredentialsError(
      `${missing} is not set in the environment, but the other half of the key pair is. Set both.`,
    );
  }
  const installed = await importOptional<{ fromNodeProviderChain(): CredentialsProvider }>(CHAIN);
  if (!installed)
    throw new CredentialsError(
      "No credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give credentials. " +
        `For profiles, SSO, web identity, container and instance credentials: npm install ${CHAIN}`,
    );
  const chain = installed.fromNodeProviderChain();
  try {
    return await chain();
  } catch (cause) {
    const { AWS_PROFILE } = environment();
    const of = AWS_PROFILE ? ` for the profile ${AWS_PROFILE} (AWS_PROFILE)` : "";
    throw new CredentialsError(`AWS's provider chain gave no credentials${of}: ${messageOf(cause)}`, { cause });
  }
}
