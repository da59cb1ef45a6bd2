/** Makes signed requests as text, also malformed ones, which a real signer would refuse. */
import { createHash, createHmac } from "node:crypto";
import type { Credentials } from "../../src/endpoint/index.ts";
import { canonicalPath, canonicalQuery, canonicalValue } from "../../src/signing/canonical-request.ts";

/** A request before it is signed. */
export interface Unsigned {
  readonly method?: string;
  /** Path and query as they go on the wire. */
  readonly target: string;
  /** Headers beside `Host`, `X-Amz-Date` and the session token; all of them are signed. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** Sent in place of `X-Amz-Date`. */
  readonly dateHeader?: readonly [name: string, value: string];
  /** Signs another body than is sent. */
  readonly bodyHash?: string;
}

/** The signer of a request: port, keys and time. */
export interface Signer {
  readonly port: number;
  readonly credentials: Credentials;
  readonly region?: string;
  readonly service?: string;
  /** Milliseconds since 1970. @default now */
  readonly now?: number;
}

/** For example `20150830T123600Z`. */
export function basicDate(time: number): string {
  return new Date(time).toISOString().replace(/-|:|\.\d+/g, "");
}

/** The text of a signed request, head and body. */
export function signedRequest(request: Unsigned, signer: Signer): string {
  const { method = "GET", target, body = "" } = request;
  const { credentials, region = "us-east-1", service = "lookoutvision" } = signer;
  const date = basicDate(signer.now ?? Date.now());
  const headers: (readonly [string, string])[] = [
    ["Host", `127.0.0.1:${signer.port}`],
    request.dateHeader ?? ["X-Amz-Date", date],
    ...(request.headers ?? []),
  ];
  if (credentials.sessionToken !== undefined) headers.push(["X-Amz-Security-Token", credentials.sessionToken]);
  const [path = "", query = ""] = target.split(/\?(.*)/s);
  const bodyHash = request.bodyHash ?? createHash("sha256").update(body).digest("hex");
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    values.set(key, [...(values.has(key) ? [values.get(key)] : []), canonicalValue(value)].join());
  }
  const names = [...values.keys()].sort();
  const signedHeaders = names.join(";");
  const lines = names.map((name) => `${name}:${values.get(name)}`);
  const canonical = [method, canonicalPath(path), canonicalQuery(query), ...lines, "", signedHeaders, bodyHash].join(
    "\n",
  );

  const scope = [date.slice(0, 8), region, service, "aws4_request"];
  const digest = createHash("sha256").update(canonical).digest("hex");
  const key = scope.reduce<Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
  const signature = createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", date, scope.join("/"), digest].join("\n"))
    .digest("hex");
  const credential = [credentials.accessKeyId, ...scope].join("/");
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  const head = [...headers, ["Authorization", authorization] as const].map(([name, value]) => `${name}: ${value}`);
  if (body !== "") head.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return [`${method} ${target} HTTP/1.1`, ...head, "", body].join("\r\n");
}
