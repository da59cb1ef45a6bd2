/**
 * Checks Signature Version 4 as AWS does: the same faults, in the same order and words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { canonicalPath, canonicalQuery, canonicalValue } from "../canonical.ts";
import { type Authorization, readAuthorization } from "./authorization.ts";
import { Fault } from "./fault.ts";
import type { Key, KeyRing } from "./keys.ts";
import type { ReceivedRequest } from "./receive.ts";
import { readSigningDate } from "./signing-date.ts";

const ALGORITHM = "AWS4-HMAC-SHA256";
const EMPTY_HASH = hash("sha256", "");
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/** What a verifier holds requests against. */
export interface VerifierOptions {
  readonly keys: KeyRing;
  readonly region: string;
  /** The signing name. */
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** S3 alone takes a path as it is, dots and repeated slashes included. @default true */
  readonly normalizePath?: boolean;
}

/** The key that a request is signed with; throws a Fault when it is not signed, or not well. */
export type Verifier = (request: ReceivedRequest) => Key;

/** A day, a region, a service and `aws4_request`. */
type Scope = readonly [day: string, region: string, service: string, terminator: string];

/** Makes a verifier of requests in header form. */
export function verifier({ keys, region, service, clock, normalizePath = true }: VerifierOptions): Verifier {
  const signingKey = signingKeys(2 * keys.size);
  return (request) => {
    const { method, path, query, headers, body } = request;
    const now = clock();
    const authorization = readAuthorization(request);
    const date = readSigningDate(authorization, now);
    const signed = authorization.signedHeaders.split(";");
    requireSigned(signed, "Host");
    requireSigned(signed, authorization.dateHeader);
    const scope: Scope = [date.slice(0, 8), region, service, "aws4_request"];
    const key = keys.get(readKeyId(authorization, date, scope));
    if (key === undefined) throw unrecognized();
    const bodyHash = body.length === 0 ? EMPTY_HASH : hash("sha256", body);
    if ((headers.get("x-amz-content-sha256") ?? bodyHash) !== bodyHash) {
      throw invalid("The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    const lines = [method, canonicalPath(path, normalizePath), canonicalQuery(query)];
    for (const name of signed) lines.push(`${name}:${canonicalValue(headers.get(name) ?? "")}`);
    lines.push("", authorization.signedHeaders, bodyHash);
    const stringToSign = [ALGORITHM, date, scope.join("/"), hash("sha256", lines.join("\n"))].join("\n");
    const signature = createHmac("sha256", signingKey(key, scope)).update(stringToSign).digest("hex");
    // The list has to name headers that are there, in lower case, in order and once each.
    const isCanonical = signed.every((name, at) => headers.has(name) && (at === 0 || signed[at - 1]! < name));
    if (!isCanonical || !same(authorization.signature, signature)) throw invalid(MISMATCH);

    // The token need not be among the signed headers: some clients add it after they have signed.
    const token = headers.get("x-amz-security-token");
    const isNeeded = token !== undefined || key.sessionToken !== undefined;
    if (isNeeded && !same(token ?? "", key.sessionToken ?? "")) throw unrecognized();
    if (key.expiration !== undefined && key.expiration.getTime() <= now) {
      throw new Fault("ExpiredTokenException", "The security token included in the request is expired");
    }
    return key;
  };
}

function requireSigned(signed: readonly string[], header: string): void {
  if (signed.includes(header.toLowerCase())) return;
  throw invalid(`'${header}' must be a 'SignedHeader' in the AWS Authorization.`);
}

/** The access key id of a credential for this scope. */
function readKeyId({ algorithm, credential }: Authorization, date: string, scope: Scope): string {
  if (algorithm !== ALGORITHM) {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}' (only ${ALGORITHM} for now).`);
  }
  const parts = credential.split("/");
  if (parts.length !== 5) {
    const form = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term";
    throw incomplete(`${form}, got '${credential}'`);
  }
  const [accessKeyId = "", ...given] = parts;
  if (given.every((part, at) => part === scope[at])) return accessKeyId;
  const [day, region, service, terminator] = given;
  const faults = [
    region !== scope[1] && `Credential should be scoped to a valid region, not '${region}'.`,
    service !== scope[2] && `Credential should be scoped to correct service: '${scope[2]}'.`,
    terminator !== scope[3] &&
      `Credential should be scoped with a valid terminator: '${scope[3]}', not '${terminator}'.`,
    day !== scope[0] &&
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${scope[0]}', from '${date}'.`,
  ];
  throw invalid(faults.filter((fault) => fault !== false).join(" "));
}

/** Derives the key of a day, and keeps it: four HMACs would be most of the work on a small request. */
function signingKeys(capacity: number): (key: Key, scope: Scope) => Buffer {
  const cache = new Map<string, Buffer>();
  return ({ accessKeyId, secretAccessKey }, scope) => {
    const name = `${accessKeyId}/${scope[0]}`;
    let derived = cache.get(name);
    if (derived === undefined) {
      derived = Buffer.from(`AWS4${secretAccessKey}`);
      for (const part of scope) derived = createHmac("sha256", derived).update(part).digest();
      // Around midnight two days are in use; what is older goes.
      if (cache.size >= capacity) cache.clear();
      cache.set(name, derived);
    }
    return derived;
  };
}

/** Compares without telling by its time how much is right. */
function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const invalid = (message: string): Fault => new Fault("InvalidSignatureException", message);
const incomplete = (message: string): Fault => new Fault("IncompleteSignatureException", message);
const unrecognized = (): Fault =>
  new Fault("UnrecognizedClientException", "The security token included in the request is invalid.");
