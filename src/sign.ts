/** Signature Version 4, by aws4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { hash } from "node:crypto";
import aws4 from "aws4";
import { canonicalPath, canonicalQuery } from "./canonical.ts";
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
 * aws4 decodes a path before it encodes it, and folds a query into an object. Both lose what is on the wire (`%2F` in
 * a segment, the order of repeated keys), so the canonical request is made here instead of there.
 */
class WireSigner extends aws4.RequestSigner {
  canonical: SignableRequest & { normalizePath: boolean; bodyHash: string };

  constructor(request: aws4.Request, credentials: Credentials, canonical: WireSigner["canonical"]) {
    super(request, { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey });
    this.canonical = canonical;
  }

  override stringToSign(): string {
    const { method, path, query, normalizePath, bodyHash } = this.canonical;
    const canonical = [
      method,
      canonicalPath(path, normalizePath),
      canonicalQuery(query),
      `${this.canonicalHeaders()}\n`,
      this.signedHeaders(),
      bodyHash,
    ].join("\n");
    return ["AWS4-HMAC-SHA256", this.getDateTime(), this.credentialString(), hash("sha256", canonical)].join("\n");
  }
}

/**
 * The headers of a request with its signature: the given ones, `x-amz-date`, `authorization` and, for temporary
 * credentials, `x-amz-security-token`.
 * @param date Milliseconds since 1970.
 */
export function sign(
  request: SignableRequest,
  scope: SigningScope,
  credentials: Credentials,
  date: number,
): Record<string, string> {
  const { service, region, normalizePath = service !== "s3" } = scope;
  const bodyHash = request.body?.length ? hash("sha256", request.body) : EMPTY_HASH;
  const headers: Record<string, string> = { ...request.headers };
  headers["x-amz-date"] = `${new Date(date).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  if (credentials.sessionToken) headers["x-amz-security-token"] = credentials.sessionToken;
  if (service === "s3") headers["x-amz-content-sha256"] = bodyHash;
  const signer = new WireSigner({ service, region, headers }, credentials, { ...request, normalizePath, bodyHash });
  signer.datetime = headers["x-amz-date"];
  headers.authorization = signer.authHeader();
  return headers;
}
