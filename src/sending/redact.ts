/** Keeps what requests are signed with out of every text that leaves a client, but for the body of a success. */
import { CredentialsError } from "../errors.ts";
import type { Credentials } from "../signing/credentials.ts";

/** A shorter secret is not looked for: it may be a word. AWS's secret keys have 40 characters. */
const SHORTEST = 16;
/** How many of the last credentials and signatures are looked for: a service may quote an earlier request. */
const CREDENTIALS_KEPT = 4;
const SIGNATURES_KEPT = 1000;
/** How far behind its algorithm's name the signature of an Authorization header is expected. */
const LONGEST_AUTHORIZATION = 4000;
/** How many causes of an error are kept. */
const MOST_CAUSES = 8;

const ALGORITHM = /AWS4-HMAC-SHA256/i;
const SIGNATURE_LENGTH = 64;
const BLOT = "[redacted]";

type Redact = (text: string) => string;

/** The secret keys, session tokens and signatures of a client. */
export class Secrets {
  #credentials: readonly Credentials[] = [];
  /** Finds the keys and tokens. Made once for all requests with the same credentials: it costs more than a search. */
  #pattern = /(?!)/g;
  /** No shorter text holds a secret, however that is spelled. */
  #shortest = SIGNATURE_LENGTH;
  #signatures = new Set<string>();
  #earlierSignatures = new Set<string>();

  /** Remembers what a request was signed with. */
  add(credentials: Credentials, authorization: string): void {
    if (!this.#credentials.includes(credentials)) {
      this.#credentials = [credentials, ...this.#credentials].slice(0, CREDENTIALS_KEPT);
      const secrets = secretsOf(this.#credentials);
      this.#pattern = patternOf(secrets);
      this.#shortest = Math.min(SIGNATURE_LENGTH, ...secrets.map((secret) => secret.length));
    }
    this.#signatures.add(authorization.slice(-SIGNATURE_LENGTH));
    if (this.#signatures.size < SIGNATURES_KEPT) return;
    this.#earlierSignatures = this.#signatures;
    this.#signatures = new Set();
  }

  /** The text with every secret blotted out. AWS's front ends quote the request that they refuse. */
  readonly redact: Redact = (text) => {
    const withoutKeys = text.replace(this.#pattern, BLOT);
    const redacted = withoutKeys.replace(/[0-9a-f]{64,}/gi, (digits) => this.#withoutSignatures(digits));
    return redacted === withoutKeys ? redacted : withoutAuthorization(redacted);
  };

  /** The same list when no text of it holds a secret: one search for all, as every response is searched. */
  readonly redactAll = (texts: readonly string[]): readonly string[] => {
    // Nearly every header is shorter than every secret.
    if (texts.every((text) => text.length < this.#shortest)) return texts;
    const joined = texts.join("\n");
    return this.redact(joined) === joined ? texts : texts.map(this.redact);
  };

  /** The error of a credentials provider, freed also of what looks like a key: the provider knows keys that it never gave. */
  credentialsError({ message, cause }: CredentialsError): CredentialsError {
    const redact: Redact = (text) => withoutLikelyKeys(this.redact(text));
    return new CredentialsError(redact(message), { cause: redactedCopy(cause, redact) });
  }

  #withoutSignatures(digits: string): string {
    const lower = digits.toLowerCase();
    let rest = 0;
    let text = "";
    for (let at = 0; at + SIGNATURE_LENGTH <= digits.length; at++) {
      const candidate = lower.slice(at, at + SIGNATURE_LENGTH);
      if (!this.#signatures.has(candidate) && !this.#earlierSignatures.has(candidate)) continue;
      text += digits.slice(rest, at) + BLOT;
      rest = at + SIGNATURE_LENGTH;
      at = rest - 1;
    }
    return text + digits.slice(rest);
  }
}

function secretsOf(credentials: readonly Credentials[]): readonly string[] {
  const secrets = credentials.flatMap(({ secretAccessKey, sessionToken = "" }) => [secretAccessKey, sessionToken]);
  return secrets.filter((secret) => secret.length >= SHORTEST);
}

function patternOf(secrets: readonly string[]): RegExp {
  const patterns = secrets.map((secret) => secret.replace(/\W/g, spellings));
  return new RegExp(patterns.join("|") || "(?!)", "gi");
}

/**
 * A character as it is, and as JSON, a URL or HTML may spell it. What may repeat does so a few times only: on a page of
 * backslashes or zeros the search would else look at each as often as there are others.
 */
function spellings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, "0");
  return `(?:\\\\{0,4}\\${character}|\\\\{1,4}u00${hex}|%${hex}|&#0{0,5}${code};|&#x0{0,5}${hex};)`;
}

/** Blots out what stands between the algorithm's name and a blotted signature: the rest of an Authorization header. */
function withoutAuthorization(text: string): string {
  const [start = "", ...parts] = text.split(ALGORITHM);
  const rest = parts.map((part) => {
    const at = part.indexOf(BLOT);
    return at === -1 || at > LONGEST_AUTHORIZATION ? `AWS4-HMAC-SHA256${part}` : part.slice(at);
  });
  return start + rest.join("");
}

/** A run of 40 and more characters of base64, as keys and tokens are, also with its slashes escaped. */
const LIKELY_KEY = /(?:[A-Za-z0-9+/=]|\\{1,4}(?:\/|u00[0-9A-Fa-f]{2})|%[0-9A-Fa-f]{2}){40,}/g;
/** The value of a name such as SecretAccessKey or aws_session_token, in JSON, XML, an INI file or an environment. */
const NAMED_KEY =
  /((?:secret|session|security)[\w-]*(?:key|token)["'\\]{0,3}\s{0,3}[=:>]\s{0,3}["'\\]{0,3})[^\s"',;}<]+/gi;

function withoutLikelyKeys(text: string): string {
  const isMixed = (run: string) => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
  return text.replace(NAMED_KEY, `$1${BLOT}`).replace(LIKELY_KEY, (run) => (isMixed(run) ? BLOT : run));
}

/**
 * A copy of a thrown value: of an error its name, message, stack, plain members and causes, each text redacted. The
 * original may hold a request in an object, a getter or a `toJSON`, as the errors of some HTTP clients do.
 */
export function redactedCopy(thrown: unknown, redact: Redact, seen = new Set<unknown>()): unknown {
  if (typeof thrown === "string") return redact(thrown);
  if (typeof thrown !== "object" || thrown === null) return typeof thrown === "number" ? thrown : undefined;
  if (seen.has(thrown) || seen.size >= MOST_CAUSES) return undefined;
  seen.add(thrown);
  const text = (member: string) => {
    const value = read(thrown, member);
    return typeof value === "string" ? redact(value) : undefined;
  };
  const cause = redactedCopy(read(thrown, "cause"), redact, seen);
  const errors = read(thrown, "errors");
  const options = cause === undefined ? undefined : { cause };
  const message = text("message") ?? "a value without a message was thrown";
  const copy = Array.isArray(errors)
    ? new AggregateError(errors.map((error) => redactedCopy(error, redact, seen)).filter(Boolean), message, options)
    : new Error(message, options);
  for (const member of ["name", "stack"] as const)
    Object.defineProperty(copy, member, { value: text(member) ?? copy[member], configurable: true, writable: true });
  for (const [member, { value, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(thrown))) {
    if (!enumerable || member in copy || redact(member) !== member) continue;
    if (typeof value === "string") Object.assign(copy, { [member]: redact(value) });
    else if (typeof value === "number" || typeof value === "boolean") Object.assign(copy, { [member]: value });
  }
  return copy;
}

/** A member of a foreign object, whose getter may throw. */
function read(value: object, member: string): unknown {
  try {
    return (value as Record<string, unknown>)[member];
  } catch {
    return undefined;
  }
}
