/** Signature Version 4, by aws4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { hash } from "node:crypto";
import aws4 from "aws4";
import { canonicalPath, canonicalQuery } from "./canonical-request.ts";
import type { Credentials } from "./credentials.ts";

/** What a signature is for. */
export interface SigningScope {
  /** The signing name, for example `lookoutvision`. */
  readonly service: string;
  readonly region: string;
  /** Whether dots and repeated slashes of the path are resolved in the signature, as all services but S3 do. */
  readonly normalizePath?: boolean | undefined;
}

/** A request to sign, as it will stand on the wire. */
export interface SignableRequest {
  readonly method: string;
  /** The path, percent-encoded, without the query. */
  readonly path: string;
  /** What stands after the `?`, percent-encoded. */
  readonly query: string;
  /** All of them are signed but those that proxies may change; `host` must be among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

const EMPTY_HASH = hash("sha256", "");

/**
 * The headers of a request with its signature: the given ones, `x-amz-date`, `authorization` and, for temporary
 * credentials, `x-amz-security-token`.
 * @param date Milliseconds since 1970.
 */
export function sign(
  request: SignableRequest,
  scope: SigningScope,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  date: number,
): Record<string, string> {
  const { method, path, query, body } = request;
  const { service, region, normalizePath = service !== "s3" } = scope;
  const bodyHash = body?.length ? hash("sha256", body) : EMPTY_HASH;
  const headers: Record<string, string> = { ...request.headers };
  headers["x-amz-date"] = `${new Date(date).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  if (sessionToken) headers["x-amz-security-token"] = sessionToken;
  if (service === "s3") headers["x-amz-content-sha256"] = bodyHash;
  const signer = new aws4.RequestSigner({ service, region, headers }, { accessKeyId, secretAccessKey });
  signer.datetime = headers["x-amz-date"];
  // aws4 decodes a path before it encodes it, and folds a query into an object. Both lose what is on the wire (`%2F` in
  // a segment, the order of repeated keys), so the canonical request is made here instead of there.
  signer.stringToSign = () => {
    const canonical = [
      method,
      canonicalPath(path, normalizePath),
      canonicalQuery(query),
      `${signer.canonicalHeaders()}\n`,
      signer.signedHeaders(),
      bodyHash,
    ].join("\n");
    return ["AWS4-HMAC-SHA256", signer.getDateTime(), signer.credentialString(), hash("sha256", canonical)].join("\n");
  };
  headers.authorization = signer.authHeader();
  return headers;
}
