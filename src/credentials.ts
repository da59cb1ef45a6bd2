/** Where credentials come from, and how long they are kept. */
import { CredentialsError } from "./errors.ts";

/** A key pair in AWS's shape. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Goes along with temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** When the service stops taking them. */
  readonly expiration?: Date | undefined;
}

/** Gives credentials when asked: AWS's provider shape. */
export type CredentialsProvider = () => Promise<Credentials>;

/** Milliseconds before `expiration` at which new credentials are asked for. */
const REFRESH_BEFORE = 5 * 60_000;
const CHAIN = "@aws-sdk/credential-providers";

/** Keeps what a provider gave until it nears its expiration; concurrent callers share one refresh. */
export class CredentialsSource {
  readonly #provider: CredentialsProvider;
  readonly #now: () => number;
  /** Whether asking again may give other credentials. */
  readonly refreshable: boolean;
  #current: Credentials | undefined;
  #pending: Promise<Credentials> | undefined;

  /** @param from An object, a provider, or undefined for the environment and then AWS's default chain. */
  constructor(from: Credentials | CredentialsProvider | undefined, now: () => number = Date.now) {
    this.#now = now;
    this.refreshable = from === undefined || typeof from === "function";
    this.#provider = typeof from === "function" ? from : defaultProvider;
    if (typeof from === "object") this.#current = { ...checked(from, "the credentials option"), expiration: undefined };
  }

  /** Credentials that are good for at least five minutes, if the provider has such. */
  get(): Credentials | Promise<Credentials> {
    const current = this.#current;
    if (current && !(Number(current.expiration ?? Number.POSITIVE_INFINITY) - this.#now() < REFRESH_BEFORE))
      return current;
    this.#pending ??= this.#refresh().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** Forgets credentials that the service has refused, unless newer ones have taken their place already. */
  forget(refused: Credentials): void {
    if (this.refreshable && this.#current === refused) this.#current = undefined;
  }

  async #refresh(): Promise<Credentials> {
    let given: unknown;
    try {
      given = await this.#provider();
    } catch (cause) {
      if (cause instanceof CredentialsError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CredentialsError(`The credentials provider failed: ${reason}`, { cause });
    }
    this.#current = checked(given, "what the credentials provider gave");
    return this.#current;
  }
}

/** Names what is wrong, and never a value: half of a pair may be a secret. */
function checked(given: unknown, what: string): Credentials {
  const credentials = (given ?? {}) as Credentials;
  for (const member of ["accessKeyId", "secretAccessKey"] as const)
    if (typeof credentials[member] !== "string" || credentials[member] === "")
      throw new CredentialsError(`${member} is missing in ${what}: it must be a string that is not empty.`);
  return credentials;
}

/** The environment, and then AWS's default chain where it is installed. */
async function defaultProvider(): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
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
  return (await defaultChain())();
}

async function defaultChain(): Promise<CredentialsProvider> {
  // A variable, so that a bundler leaves the optional package alone.
  const name: string = CHAIN;
  let chain: { fromNodeProviderChain: () => CredentialsProvider };
  try {
    chain = await import(name);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new CredentialsError(
      "No credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or pass `credentials` to createClient. " +
        `For profiles, SSO, web identity, container and instance credentials: npm install ${CHAIN}`,
      { cause },
    );
  }
  return chain.fromNodeProviderChain();
}
