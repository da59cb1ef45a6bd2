/**
 * The canonical request of Signature Version 4, which the signer and the endpoint's verifier both build.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

/** The request as it stands on the wire: nothing in it is decoded yet. */
export interface WireRequest {
  readonly method: string;
  /** The request target without its query, still percent-encoded. */
  readonly path: string;
  /** What stands after the `?`, still percent-encoded; empty when there is none. */
  readonly query: string;
  /** Names and values of the headers to sign, in the order of the wire, repeated ones included. */
  readonly headers: Iterable<readonly [name: string, value: string]>;
  /** SHA-256 of the body in hex, or what `x-amz-content-sha256` says in its place. */
  readonly bodyHash: string;
  /** S3 alone takes a path as it is, dots and repeated slashes included. @default true */
  readonly normalizePath?: boolean;
}

/** The canonical request and the list of signed headers that it ends with. */
export function canonicalRequest(request: WireRequest): { text: string; signedHeaders: string } {
  const headers = canonicalHeaders(request.headers);
  const signedHeaders = headers.map(([name]) => name).join(";");
  const text = [
    request.method,
    canonicalPath(request.path, request.normalizePath ?? true),
    canonicalQuery(request.query),
    ...headers.map(([name, value]) => `${name}:${value}`),
    "",
    signedHeaders,
    request.bodyHash,
  ].join("\n");
  return { text, signedHeaders };
}

/** What neither encoding nor normalising changes: nearly every path that is ever signed. */
const CANONICAL_PATH = /^(\/[\w~-][\w.~-]*)+$/;

/** Encodes each segment once more, so that `%2F` on the wire becomes `%252F`. */
export function canonicalPath(path: string, normalize = true): string {
  if (CANONICAL_PATH.test(path)) return path;
  const encoded = path.split("/").map(encodeRfc3986);
  if (!normalize) return encoded.join("/") || "/";
  const kept: string[] = [];
  for (const segment of encoded) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const trailing = kept.length > 0 && /\/(\.{1,2})?$/.test(path) ? "/" : "";
  return `/${kept.join("/")}${trailing}`;
}

/** Sorts by encoded key and then by encoded value, which sorting whole `key=value` strings would not do. */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      const key = at < 0 ? pair : pair.slice(0, at);
      const value = at < 0 ? "" : pair.slice(at + 1);
      return [encodeRfc3986(decodeQuery(key)), encodeRfc3986(decodeQuery(value))] as const;
    })
    .sort(([aKey, aValue], [bKey, bValue]) => compare(aKey, bKey) || compare(aValue, bValue))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
}

/** Lower-cases and sorts the names, folds white space, joins repeated headers by commas in the order of the wire. */
function canonicalHeaders(headers: WireRequest["headers"]): [name: string, value: string][] {
  const merged = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const folded = fold(value);
    const before = merged.get(key);
    merged.set(key, before === undefined ? folded : `${before},${folded}`);
  }
  return [...merged].sort(([a], [b]) => compare(a, b));
}

/** Takes HTTP's white space alone: JavaScript's would fold a no-break space away too. */
function fold(value: string): string {
  if (!/[\t\r\n]| {2}|^ | $/.test(value)) return value;
  return value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}

/** By UTF-16 unit, which for the ASCII of encoded text is the byte order that the protocol asks for. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `encodeURIComponent` leaves five characters alone that RFC 3986 reserves. */
export function encodeRfc3986(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Reads a query component as a form does: `+` is a space; a broken escape stands for itself. */
export function decodeQuery(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
