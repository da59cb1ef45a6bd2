/** Where credentials come from, and how long they are kept. */
import { environment } from "../environment.ts";
import { CredentialsError, messageOf } from "../errors.ts";
import { importOptional } from "../optional-package.ts";

/** A key pair in AWS's shape. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Goes along with temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** When the service stops taking them. */
  readonly expiration?: Date | undefined;
}

/**
 * Gives credentials when asked: AWS's provider shape. With `forceRefresh` the service has refused the last ones as
 * expired: a provider that keeps what it gave, as AWS's do, is to get others.
 */
// biome-ignore lint/suspicious/noExplicitAny: AWS's providers declare options of their own, which nothing else fits
export type CredentialsProvider = (options?: any) => Promise<Credentials>;

/** Milliseconds before `expiration` at which new credentials are asked for. */
const REFRESH_BEFORE = 5 * 60_000;
/** Milliseconds after which a silent provider is asked anew. */
const LONGEST_REFRESH = 60_000;
const CHAIN = "@aws-sdk/credential-providers";

/** Keeps what a provider gave until it nears its expiration; concurrent callers share one refresh. */
export class CredentialsSource {
  /** Undefined when one key pair is all there is. */
  readonly #provider: CredentialsProvider | undefined;
  readonly #now: () => number;
  #kept: Credentials | undefined;
  #refused = false;
  #pending: { readonly since: number; readonly credentials: Promise<Credentials> } | undefined;

  /** @param from An object, a provider, or undefined for the environment and then AWS's default chain. */
  constructor(from: Credentials | CredentialsProvider | undefined, now: () => number = Date.now) {
    this.#now = now;
    if (typeof from === "object") this.#kept = { ...checked(from, "the credentials option"), expiration: undefined };
    else this.#provider = from ?? defaultProvider;
  }

  /** The credentials that are there, if they are good for five more minutes. */
  get current(): Credentials | undefined {
    const until = Number(this.#kept?.expiration ?? Number.POSITIVE_INFINITY);
    return until - this.#now() >= REFRESH_BEFORE ? this.#kept : undefined;
  }

  /** Asks the provider, or waits along with those who have. */
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
   * Forgets credentials that the service has refused, unless newer ones have taken their place already. False when
   * there are no others to be had.
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
    let given: unknown;
    try {
      given = await this.#provider?.(this.#refused ? { forceRefresh: true } : undefined);
    } catch (cause) {
      if (cause instanceof CredentialsError) throw cause;
      throw new CredentialsError(`The credentials provider failed: ${messageOf(cause)}`, { cause });
    }
    // A copy: a provider may give the same object again, and what is refused is known by its identity.
    this.#kept = { ...checked(given, "what the credentials provider gave") };
    this.#refused = false;
    return this.#kept;
  }
}

/** Names what is wrong, and never a value: half of a pair may be a secret. */
function checked(given: unknown, what: string): Credentials {
  const credentials = (given ?? {}) as Credentials;
  const refuse = (member: string, fault: string): never => {
    throw new CredentialsError(`${member} ${fault} in ${what}.`);
  };
  for (const member of ["accessKeyId", "secretAccessKey", "sessionToken"] as const) {
    const value: unknown = credentials[member] || undefined;
    if (value === undefined && member === "sessionToken") continue;
    if (typeof value !== "string") refuse(member, "is missing, or is no string,");
    // A line break read from a file along with a key, for one.
    else if (/[^!-~]/.test(value)) refuse(member, "has white space, or characters outside ASCII,");
  }
  if (Number.isNaN(Number(credentials.expiration ?? 0))) refuse("expiration", "is no valid Date");
  return credentials;
}

/** The environment, and then AWS's default chain where it is installed. */
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
