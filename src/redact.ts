/** Keeps what a request was signed with out of what people read of its failure. */
import { inspect } from "node:util";
import type { Credentials } from "./credentials.ts";

/** Anything shorter is no secret of AWS's, and may be a word. */
const SHORTEST = 16;

/** What must not be shown: the secret key, the session token, the Authorization header and the signature in it. */
export function secretsOf({ secretAccessKey, sessionToken = "" }: Credentials, authorization = ""): string[] {
  const secrets = [secretAccessKey, sessionToken, authorization, authorization.replace(/^.*=/, "")];
  return secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, secret.replaceAll("/", "\\/")]);
}

/** The text with every secret blotted out. AWS's front ends quote the request that they refuse. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
}

/** The error itself, or what can be said of one that would show a secret when it is printed: a fetch may keep its request in it. */
export function redactError(error: unknown, secrets: readonly string[]): unknown {
  const printed = inspect(error, { depth: 8, maxStringLength: null, maxArrayLength: null });
  if (redact(printed, secrets) === printed) return error;
  const message = redact(error instanceof Error ? error.message : String(error), secrets);
  return new Error(`${message} (its details held credentials and are left out)`);
}
