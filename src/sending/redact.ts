/** Redacts secrets and signatures in every text that leaves a client, except the body of a success. */
import { CredentialsError } from "../errors.ts";
import type { Credentials } from "../signing/credentials.ts";

/** Shorter secrets are not redacted: they may be words. AWS's secret keys have 40 characters. */
const SHORTEST = 16;
/** The numbers of recent credentials and signatures that are redacted: a service may quote an earlier request. */
const CREDENTIALS_KEPT = 4;
const SIGNATURES_KEPT = 1000;
/** The most characters between the algorithm's name and the signature in an Authorization header. */
const LONGEST_AUTHORIZATION = 4000;
/** The most causes of an error that are kept. */
const MOST_CAUSES = 8;

const ALGORITHM = /AWS4-HMAC-SHA256/i;
const SIGNATURE_LENGTH = 64;
const REDACTED = "[redacted]";

type Redact = (text: string) => string;

/** The secret keys, session tokens and signatures of a client. */
export class Secrets {
  #credentials: readonly Credentials[] = [];
  /**
   * Matches the keys and tokens. Kept for all requests with the same credentials: making it costs more than a search.
   */
  #pattern = /(?!)/g;
  /** The length of the shortest secret: a shorter text holds none in any spelling. */
  #shortest = SIGNATURE_LENGTH;
  #signatures = new Set<string>();
  #earlierSignatures = new Set<string>();

  /** Remembers the credentials and the signature of a request. */
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

  /** Redacts every secret in a text: AWS's front ends quote the request that they refuse. */
  readonly redact: Redact = (text) => {
    const withoutKeys = text.replace(this.#pattern, REDACTED);
    const redacted = withoutKeys.replace(/[0-9a-f]{64,}/gi, (digits) => this.#withoutSignatures(digits));
    return redacted === withoutKeys ? redacted : withoutAuthorization(redacted);
  };

  /** Redacts a list of texts by one search, and returns the same list when no text holds a secret. */
  readonly redactAll = (texts: readonly string[]): readonly string[] => {
    // For speed: nearly every header is shorter than every secret.
    if (texts.every((text) => text.length < this.#shortest)) return texts;
    const joined = texts.join("\n");
    return this.redact(joined) === joined ? texts : texts.map(this.redact);
  };

  /** Redacts the error of a credentials provider. Likely keys go too: a provider knows keys that it never returned. */
  credentialsError({ message, cause }: CredentialsError): CredentialsError {
    const redact: Redact = (text) => withoutLikelyKeys(this.redact(text));
    return new CredentialsError(redact(message), { cause: redactedCopy(cause, redact) });
  }

  #withoutSignatures(digits: string): string {
    const lower = digits.toLowerCase();
    let copied = 0;
    let text = "";
    for (let start = 0; start + SIGNATURE_LENGTH <= digits.length; start++) {
      const candidate = lower.slice(start, start + SIGNATURE_LENGTH);
      if (!this.#signatures.has(candidate) && !this.#earlierSignatures.has(candidate)) continue;
      text += digits.slice(copied, start) + REDACTED;
      copied = start + SIGNATURE_LENGTH;
      start = copied - 1;
    }
    return text + digits.slice(copied);
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
 * A pattern for a character as it is and as JSON, a URL or HTML may spell it. Repetitions are bounded: without a bound,
 * a page of backslashes or zeros would take quadratic time.
 */
function spellings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, "0");
  return `(?:\\\\{0,4}\\${character}|\\\\{1,4}u00${hex}|%${hex}|&#0{0,5}${code};|&#x0{0,5}${hex};)`;
}

/** Redacts the rest of an Authorization header: the text from the algorithm's name to a redacted signature. */
function withoutAuthorization(text: string): string {
  const [start = "", ...parts] = text.split(ALGORITHM);
  const rest = parts.map((part) => {
    const length = part.indexOf(REDACTED);
    return length === -1 || length > LONGEST_AUTHORIZATION ? `AWS4-HMAC-SHA256${part}` : part.slice(length);
  });
  return start + rest.join("");
}

/** Matches 40 or more characters of base64, as keys and tokens have, also with escaped slashes. */
const LIKELY_KEY = /(?:[A-Za-z0-9+/=]|\\{1,4}(?:\/|u00[0-9A-Fa-f]{2})|%[0-9A-Fa-f]{2}){40,}/g;
/**
 * Matches the value of a name such as SecretAccessKey or aws_session_token in JSON, XML, an INI file or an environment.
 */
const NAMED_KEY =
  /((?:secret|session|security)[\w-]*(?:key|token)["'\\]{0,3}\s{0,3}[=:>]\s{0,3}["'\\]{0,3})[^\s"',;}<]+/gi;

function withoutLikelyKeys(text: string): string {
  const isMixed = (run: string) => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
  return text.replace(NAMED_KEY, `$1${REDACTED}`).replace(LIKELY_KEY, (run) => (isMixed(run) ? REDACTED : run));
}

/**
 * Copies a thrown value and redacts each text. Of an error it copies the name, message, stack, plain members and causes
 * only: the original may hold a request in an object, a getter or a `toJSON`, as the errors of some HTTP clients do.
 */
export function redactedCopy(thrown: unknown, redact: Redact, seen = new Set<unknown>()): unknown {
  if (typeof thrown === "string") return redact(thrown);
  if (typeof thrown !== "object" || thrown === null) return typeof thrown === "number" ? thrown : undefined;
  if (seen.has(thrown) || seen.size >= MOST_CAUSES) return undefined;
  seen.add(thrown);
  const text = (member: string) => {
    const value = memberOf(thrown, member);
    return typeof value === "string" ? redact(value) : undefined;
  };
  const cause = redactedCopy(memberOf(thrown, "cause"), redact, seen);
  const errors = memberOf(thrown, "errors");
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

/** Reads a member of a foreign object; undefined when its getter throws. */
function memberOf(value: object, member: string): unknown {
  try {
    return (value as Record<string, unknown>)[member];
  } catch {
    return undefined;
  }
}
