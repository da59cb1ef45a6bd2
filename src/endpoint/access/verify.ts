/**
 * Checks Signature Version 4 as AWS does: the same errors in the same order, in AWS's words. Where one of the
 * endpoint's own limits or a likely cause is behind an error, a sentence says so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { shortened } from "../../json.ts";
import { canonicalRequest } from "../../signing/canonical-request.ts";
import type { SigningScope } from "../../signing/signer.ts";
import { ALGORITHM, credentialScope, stringToSign, TERMINATOR } from "../../signing/string-to-sign.ts";
import { ErrorResponse } from "../http/error-response.ts";
import type { RequestHead } from "../http/receive.ts";
import { type Authorization, incomplete, invalid, readAuthorization } from "./authorization.ts";
import type { Key } from "./keys.ts";
import { readSigningDate } from "./signing-date.ts";

/** Entries in any list of a request that has to be taken apart to verify its signature. */
const MOST = 100;

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/**
 * Verifies a request in two steps: its head, cheaply, and then, by the hash of its body, its signature.
 *
 * @throws ErrorResponse, from either step, when the request is not signed, or not well
 */
export type Verifier = (head: RequestHead) => (bodyHash: string) => Key;

/**
 * Makes a verifier of requests in header form.
 *
 * @param keys by their access key id
 * @param scope the scope that requests have to be signed for
 * @param clock milliseconds since 1970
 */
export function verifier(keys: ReadonlyMap<string, Key>, scope: SigningScope, clock: () => number): Verifier {
  const { normalizePath } = scope;
  const signingKey = signingKeys(2 * keys.size);
  return (head) => {
    const { method, path, query, headers } = head;
    const now = clock();
    const authorization = readAuthorization(head);
    const date = readSigningDate(authorization, now);
    checkCounts(head, authorization);
    const signed = authorization.signedHeaders.split(";");
    for (const name of ["Host", authorization.dateHeader]) {
      if (signed.includes(name.toLowerCase())) continue;
      throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
    const key = keys.get(readKeyId(authorization, date, scope));
    if (key === undefined) throw unrecognized();
    // Signed headers have to be there, and named in lower case, in order and once each, before any value is folded.
    const isCanonical = signed.every((name, at) => headers.has(name) && (at === 0 || signed[at - 1]! < name));
    if (!isCanonical) throw mismatch(headers);

    return (bodyHash) => {
      if ((headers.get("x-amz-content-sha256") ?? bodyHash) !== bodyHash) {
        throw invalid("The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
      const header = (name: string) => headers.get(name);
      const parts = { method, path, query, signedHeaders: signed, header, bodyHash, normalizePath };
      const signedScope = credentialScope(date, scope);
      const text = stringToSign(date, signedScope, canonicalRequest(parts));
      const signature = createHmac("sha256", signingKey(key, signedScope)).update(text).digest("hex");
      if (!same(authorization.signature, signature)) throw mismatch(headers);

      // The token need not be among the signed headers: some clients add it after they have signed.
      const token = headers.get("x-amz-security-token");
      const isNeeded = token !== undefined || key.sessionToken !== undefined;
      if (isNeeded && !same(token ?? "", key.sessionToken ?? "")) throw unrecognized();
      if (key.expiration !== undefined && key.expiration.getTime() <= now) {
        throw new ErrorResponse("ExpiredTokenException", "The security token included in the request is expired");
      }
      return key;
    };
  };
}

/**
 * Refuses lists that no client sends and that would cost much to sign.
 *
 * @throws ErrorResponse InvalidSignatureException
 */
function checkCounts({ path, query }: RequestHead, { signedHeaders }: Authorization): void {
  const counts = [
    ["segments in its path", path, "/"],
    ["parameters in its query", query, "&"],
    ["signed headers", signedHeaders, ";"],
  ] as const;
  for (const [what, list, mark] of counts) {
    if (list.split(mark, MOST + 1).length <= MOST) continue;
    throw invalid(`The request has more than ${MOST} ${what}.`);
  }
}

/** The access key id of a credential, whose scope has to be the endpoint's own and of the date's day. */
function readKeyId({ algorithm, credential }: Authorization, date: string, expected: SigningScope): string {
  if (algorithm !== ALGORITHM) {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}' (only ${ALGORITHM} for now).`);
  }
  const parts = credential.split("/", 6);
  if (parts.length !== 5) {
    const form = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term";
    throw incomplete(`${form}, got '${credential}'`);
  }
  const [accessKeyId = "", day, region, service, terminator] = parts;
  const today = date.slice(0, 8);
  const faults = [
    region !== expected.region && `Credential should be scoped to a valid region, not '${region}'.`,
    service !== expected.service && `Credential should be scoped to correct service: '${expected.service}'.`,
    terminator !== TERMINATOR &&
      `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`,
    day !== today &&
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${today}', from '${date}'.`,
  ].filter((fault) => fault !== false);
  if (faults.length > 0) throw invalid(faults.join(" "));
  return accessKeyId;
}

/**
 * Derives the signing key of a scope, and keeps it: four HMACs would be most of the work on a small request. It is kept as
 * a KeyObject: Node 24 takes 8 µs to make one of a Buffer, six times as long as the HMAC.
 */
function signingKeys(capacity: number): (key: Key, scope: string) => KeyObject {
  const cache = new Map<string, KeyObject>();
  return ({ accessKeyId, secretAccessKey }, scope) => {
    const name = `${accessKeyId}/${scope}`;
    const kept = cache.get(name);
    if (kept !== undefined) return kept;
    let derived: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
    for (const part of scope.split("/")) derived = createHmac("sha256", derived).update(part).digest();
    // Around midnight two days are in use. Older ones go.
    if (cache.size >= capacity) cache.clear();
    const signingKey = createSecretKey(derived);
    cache.set(name, signingKey);
    return signingKey;
  };
}

/** Compares in a time that does not tell how much is right. */
function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A mismatch in AWS's words, with the one cause that is neither the key nor the signing method. */
function mismatch(headers: RequestHead["headers"]): ErrorResponse {
  const host = headers.get("host");
  const arrived = host === undefined ? "did not arrive" : `arrived as '${shortened(host, 255)}'`;
  return invalid(`${MISMATCH} The signature covers the Host header, which ${arrived}: a proxy must not change it.`);
}

function unrecognized(): ErrorResponse {
  return new ErrorResponse("UnrecognizedClientException", "The security token included in the request is invalid.");
}
