/**
 * The string to sign of Signature Version 4, and the scope that it names.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { hash } from "node:crypto";

export const ALGORITHM = "AWS4-HMAC-SHA256";
/** The last part of a credential scope. */
export const TERMINATOR = "aws4_request";
/** The SHA-256 of an empty body, written out so that the import computes nothing. */
export const EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** A time in ISO 8601's basic format, for example `20150830T123600Z`. @param time Milliseconds since 1970. */
export function basicDate(time: number): string {
  return new Date(time).toISOString().replace(/-|:|\.\d+/g, "");
}

/** A credential scope, for example `20150830/us-east-1/lookoutvision/aws4_request`. @param date In basic format. */
export function credentialScope(date: string, { region, service }: { region: string; service: string }): string {
  return [date.slice(0, 8), region, service, TERMINATOR].join("/");
}

export function stringToSign(date: string, scope: string, canonicalRequest: string): string {
  return [ALGORITHM, date, scope, hash("sha256", canonicalRequest)].join("\n");
}
