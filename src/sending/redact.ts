/** Keeps what a request was signed with out of what people read of its failure. */
import { inspect } from "node:util";
import type { Credentials } from "../signing/credentials.ts";

/** Anything shorter is no secret of AWS's, and may be a word. */
const SHORTEST = 16;

/** Finds what must not be shown: the secret key, the session token, the Authorization header and the signature in it. */
export function secretsOf({ secretAccessKey, sessionToken = "" }: Credentials, authorization = ""): RegExp {
  const secrets = [authorization, secretAccessKey, sessionToken, authorization.replace(/^.*=/, "")];
  const patterns = secrets.filter((secret) => secret.length >= SHORTEST).map((s) => s.replace(/\W/g, spellings));
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

/** The text with every secret blotted out. AWS's front ends quote the request that they refuse. */
export function redact(text: string, secrets: RegExp): string {
  return text.replace(secrets, "[redacted]");
}

/** The error itself, or what can be said of one that would show a secret when it is printed: a fetch may keep its request in it. */
export function redactError(error: unknown, secrets: RegExp): unknown {
  const printed = inspect(error, { depth: 8, maxStringLength: null, maxArrayLength: null });
  if (redact(printed, secrets) === printed) return error;
  const message = redact(error instanceof Error ? error.message : String(error), secrets);
  return new Error(`${message} (its details held credentials and are left out)`);
}
