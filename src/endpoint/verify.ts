/**
 * Checks Signature Version 4 as AWS does: the same faults, in the same order and words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { canonicalPath, canonicalQuery, canonicalValue } from "../canonical.ts";
import { type Authorization, type HeaderValues, readAuthorization } from "./authorization.ts";
import { Fault } from "./fault.ts";
import type { ReceivedRequest } from "./input.ts";
import type { Key, KeyRing } from "./keys.ts";
import { readSigningDate, type SigningDate } from "./signing-date.ts";

const ALGORITHM = "AWS4-HMAC-SHA256";
const TERMINATOR = "aws4_request";
const EMPTY_HASH = hash("sha256", "");

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

/** Makes a verifier of requests in header form. */
export function verifier(options: VerifierOptions): Verifier {
  const { region, service, clock, normalizePath = true } = options;
  const signingKey = signingKeys(options);
  return ({ method, path, query, headers, body }) => {
    const now = clock();
    const authorization = readAuthorization(query, headers);
    const date = readSigningDate(headers, now);
    const signed = authorization.signedHeaders.split(";");
    requireSigned(signed, "Host");
    requireSigned(signed, date.header);
    const key = findKey(authorization, date, options);
    const bodyHash = body.length === 0 ? EMPTY_HASH : hash("sha256", body);
    checkBodyHash(headers, bodyHash);

    const lines = [method, canonicalPath(path, normalizePath), canonicalQuery(query)];
    for (const name of signed) lines.push(`${name}:${canonicalValue(headers.get(name) ?? "")}`);
    lines.push("", authorization.signedHeaders, bodyHash);
    const day = date.text.slice(0, 8);
    const scope = `${day}/${region}/${service}/${TERMINATOR}`;
    const stringToSign = [ALGORITHM, date.text, scope, hash("sha256", lines.join("\n"))].join("\n");
    const signature = createHmac("sha256", signingKey(key, day)).update(stringToSign).digest("hex");
    if (!isCanonical(signed, headers) || !same(authorization.signature, signature)) throw mismatch();
    checkSession(key, headers, now);
    return key;
  };
}

/** Whether the list names headers that are there, in lower case, in order and once each. */
function isCanonical(signed: readonly string[], headers: HeaderValues): boolean {
  return signed.every((name, at) => headers.has(name) && (at === 0 || signed[at - 1]! < name));
}

function requireSigned(signed: readonly string[], header: string): void {
  if (signed.includes(header.toLowerCase())) return;
  const message = `'${header}' must be a 'SignedHeader' in the AWS Authorization.`;
  throw new Fault("InvalidSignatureException", message);
}

function findKey({ algorithm, credential }: Authorization, date: SigningDate, options: VerifierOptions): Key {
  if (algorithm !== ALGORITHM) {
    const message = `Unsupported AWS 'algorithm': '${algorithm}' (only ${ALGORITHM} for now).`;
    throw new Fault("IncompleteSignatureException", message);
  }
  const parts = credential.split("/");
  if (parts.length !== 5) {
    const form = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term";
    throw new Fault("IncompleteSignatureException", `${form}, got '${credential}'`);
  }
  const [accessKeyId, day, region, service, terminator] = parts as [string, string, string, string, string];
  const wrong: string[] = [];
  if (region !== options.region) wrong.push(`Credential should be scoped to a valid region, not '${region}'.`);
  if (service !== options.service) {
    wrong.push(`Credential should be scoped to correct service: '${options.service}'.`);
  }
  if (terminator !== TERMINATOR) {
    wrong.push(`Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`);
  }
  if (!date.text.startsWith(`${day}T`)) {
    const dates = `'${day}' != '${date.text.slice(0, 8)}', from '${date.text}'`;
    wrong.push(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ${dates}.`);
  }
  if (wrong.length > 0) throw new Fault("InvalidSignatureException", wrong.join(" "));
  const key = options.keys.get(accessKeyId);
  if (key === undefined) throw unrecognized();
  return key;
}

function checkBodyHash(headers: HeaderValues, bodyHash: string): void {
  const said = headers.get("x-amz-content-sha256");
  if (said === undefined || said === bodyHash) return;
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  throw new Fault("InvalidSignatureException", message);
}

/** The token need not be among the signed headers: some clients add it after they have signed. */
function checkSession(key: Key, headers: HeaderValues, now: number): void {
  const given = headers.get("x-amz-security-token");
  const isNeeded = given !== undefined || key.sessionToken !== undefined;
  if (isNeeded && !same(given ?? "", key.sessionToken ?? "")) throw unrecognized();
  if (key.expiration !== undefined && key.expiration.getTime() <= now) {
    throw new Fault("ExpiredTokenException", "The security token included in the request is expired");
  }
}

/** Derives the key of a day, and keeps it: four HMACs would be most of the work on a small request. */
function signingKeys({ keys, region, service }: VerifierOptions): (key: Key, day: string) => Buffer {
  const cache = new Map<string, Buffer>();
  return ({ accessKeyId, secretAccessKey }, day) => {
    const name = `${accessKeyId}/${day}`;
    const kept = cache.get(name);
    if (kept !== undefined) return kept;
    let derived: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
    for (const part of [day, region, service, TERMINATOR])
      derived = createHmac("sha256", derived).update(part).digest();
    // Around midnight two days are in use; what is older goes.
    if (cache.size >= 2 * keys.size) cache.clear();
    cache.set(name, derived);
    return derived;
  };
}

/** Compares without telling by its time how much is right. */
function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function mismatch(): Fault {
  const message =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
  return new Fault("InvalidSignatureException", message);
}

function unrecognized(): Fault {
  return new Fault("UnrecognizedClientException", "The security token included in the request is invalid.");
}
