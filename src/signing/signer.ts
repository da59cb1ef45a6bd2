/**
 * Signature Version 4, by aws4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { hash } from "node:crypto";
import aws4 from "aws4";
import { canonicalRequest } from "./canonical-request.ts";
import type { Credentials } from "./credentials.ts";
import { basicDate, credentialScope, EMPTY_HASH, stringToSign } from "./string-to-sign.ts";

/** The service and region that a signature is valid for. */
export interface SigningScope {
  /** The signing name, for example `lookoutvision`. */
  readonly service: string;
  readonly region: string;
  /**
   * Whether dot segments and repeated slashes of the path are resolved in the signature.
   * @default true except for S3
   */
  readonly normalizePath?: boolean | undefined;
}

/** The signing names of S3. A path holds an object's key there: it is not normalized, and encoded once. */
const S3: ReadonlySet<string> = new Set(["s3", "s3-object-lambda", "s3-outposts", "s3express"]);
/** Services that refuse a request without a signed `x-amz-content-sha256`. */
const WANTS_BODY_HASH: ReadonlySet<string> = new Set([...S3, "aoss"]);

/** A request to sign, as it will stand on the wire. */
export interface SignableRequest {
  readonly method: string;
  /** The path, percent-encoded, without the query. */
  readonly path: string;
  /** The part after the `?`, percent-encoded. */
  readonly query: string;
  /** Lower-case names. All headers are signed except those that proxies may change; `host` must be among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** The SHA-256 of a body, in hexadecimal. */
export function bodyHashOf(body: Uint8Array | undefined): string {
  return body?.length ? hash("sha256", body) : EMPTY_HASH;
}

/**
 * Signs a request. Returns its headers with `x-amz-date` and `authorization` and, where they are needed,
 * `x-amz-security-token` and `x-amz-content-sha256`. A request's own `x-amz-content-sha256` is signed as it is.
 * @param time Milliseconds since 1970.
 */
export function sign(
  request: SignableRequest,
  scope: SigningScope,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  time: number,
): Record<string, string> {
  const { service, region } = scope;
  const isS3 = S3.has(service);
  const bodyHash = request.headers["x-amz-content-sha256"] ?? bodyHashOf(request.body);
  const date = basicDate(time);
  const headers: Record<string, string> = { ...request.headers, "x-amz-date": date };
  if (sessionToken) headers["x-amz-security-token"] = sessionToken;
  if (WANTS_BODY_HASH.has(service)) headers["x-amz-content-sha256"] = bodyHash;
  const signer = new aws4.RequestSigner({ service, region, headers }, { accessKeyId, secretAccessKey });
  signer.datetime = date;
  // The canonical request is made here and not by aws4: aws4 decodes a path before it encodes it and folds a query into
  // an object, which loses `%2F` in a segment and the order of repeated keys.
  signer.stringToSign = () => {
    const signedHeaders = signer.signedHeaders().split(";");
    const header = (name: string) => headers[name];
    const rules = { normalizePath: scope.normalizePath ?? !isS3, isPathEncodedOnce: isS3 };
    const canonical = canonicalRequest({ ...request, signedHeaders, header, bodyHash, ...rules });
    return stringToSign(date, credentialScope(date, scope), canonical);
  };
  headers.authorization = signer.authHeader();
  return headers;
}
