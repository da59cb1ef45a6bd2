/** Turns a standard or plain request into the one that is signed and sent. */
import { randomUUID } from "node:crypto";
import { InputError, messageOf } from "../errors.ts";
import { bodyHashOf, type SignableRequest } from "../signing/signer.ts";
import { version } from "../version.ts";
import type { Deadline } from "./deadline.ts";

/** A request as it goes on the wire. The names of its headers are in lower case. */
export interface OutgoingRequest extends SignableRequest {
  readonly url: URL;
}

const USER_AGENT = `lookout-packaging-jobs/${version} node/${globalThis.process?.versions?.node}`;

/**
 * Takes the place of `Request` in openapi-fetch for typed calls, with the members that {@link readRequest} needs: a
 * standard `Request` takes more time than the signature.
 */
export class PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;

  constructor(url: string, { method, headers, body }: { method: string; headers: Headers; body?: string }) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.body = body;
  }
}

/**
 * Headers of the connection and the signature. The caller's values are dropped, as a browser's fetch drops them: values
 * copied from another request could split this request in two, or break the signature.
 */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  "accept-encoding",
  "authorization",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "x-amz-date",
  "x-amz-security-token",
]);

/**
 * Reads a request with its whole body, so that it can be sent more than once.
 * @throws InputError when the request cannot be sent or signed
 */
export async function readRequest(request: Request | PlainRequest, deadline: Deadline): Promise<OutgoingRequest> {
  const url = new URL(request.url);
  if (!/^https?:$/.test(url.protocol)) throw unsendable("url", "must begin with http:// or https://");
  if (url.hash.includes("?"))
    throw unsendable("url", "must have its query before the #: take the # out of the path, or use pathSerializer");
  let body: Buffer | undefined;
  if (typeof request.body === "string") body = Buffer.from(request.body);
  else if (request.body)
    body = Buffer.from(await deadline.run("the request's body", () => (request as Request).arrayBuffer()));
  const headers: Record<string, string> = {
    host: url.host,
    "user-agent": USER_AGENT,
    "amz-sdk-invocation-id": randomUUID(),
    ...(body && { "content-length": String(body.length) }),
  };
  request.headers.forEach((value, name) => {
    if (OWN_HEADERS.has(name)) return;
    // Node sends other characters in Latin-1, but the signature covers them in UTF-8.
    if (/[^\t -~]/.test(value)) throw unsendable(name, "must be in printable ASCII");
    headers[name] = value;
  });
  const declared = headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD";
  if (!/^(UNSIGNED-PAYLOAD|STREAMING-[A-Z\d-]+)$/.test(declared) && declared !== bodyHashOf(body))
    throw unsendable("x-amz-content-sha256", "must be UNSIGNED-PAYLOAD, STREAMING-…, or the SHA-256 of the body");
  // Always in upper case: Node and fetch convert different methods, and the signature covers the method as it is sent.
  return { method: request.method.toUpperCase(), url, path: url.pathname, query: url.search.slice(1), headers, body };
}

/**
 * Makes a standard `Request` from the arguments of fetch.
 * @throws InputError for a URL, a body or a header that fetch refuses
 */
export function standardRequest(input: Request | URL | string, init: RequestInit | undefined): Request {
  if (typeof input === "object" && "bodyUsed" in input) {
    if (input.bodyUsed && init?.body == null) throw unsendable("body", "has been read already: pass a clone of it");
  } else {
    const url = URL.canParse(`${input}`) ? new URL(input) : undefined;
    if (url === undefined) throw unsendable("url", "must be absolute, such as https://example.com/path");
    if (url.username || url.password) throw unsendable("url", "must not have a user name or password");
  }
  try {
    return new Request(input, init);
  } catch (error) {
    throw unsendable("init", `must be valid for fetch: ${messageOf(error)}`);
  }
}

function unsendable(member: string, rule: string): InputError {
  return new InputError(`The request's ${member} ${rule}. Nothing was sent.`, [{ member, rule }]);
}
