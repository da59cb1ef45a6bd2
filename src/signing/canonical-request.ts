/**
 * Signature Version 4's canonical request, which the signer and the endpoint's verifier both build.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

/** The parts of a request that are signed, as they stand on the wire. */
export interface CanonicalParts {
  readonly method: string;
  /** The path, percent-encoded, without the query. */
  readonly path: string;
  /** The part after the `?`, percent-encoded. */
  readonly query: string;
  /** Lower-case names in order. */
  readonly signedHeaders: readonly string[];
  readonly header: (name: string) => string | undefined;
  /** SHA-256 of the body in hexadecimal, or the value that stands for it, such as `UNSIGNED-PAYLOAD`. */
  readonly bodyHash: string;
  /** Whether dots and repeated slashes of the path are resolved. @default true */
  readonly normalizePath?: boolean | undefined;
  /** Whether the path of the signature is encoded once, as S3 does, and not twice. @default false */
  readonly isPathEncodedOnce?: boolean | undefined;
}

export function canonicalRequest(parts: CanonicalParts): string {
  const { method, path, query, signedHeaders, header, bodyHash } = parts;
  const lines = [method, canonicalPath(path, parts.normalizePath, parts.isPathEncodedOnce), canonicalQuery(query)];
  for (const name of signedHeaders) lines.push(`${name}:${canonicalValue(header(name) ?? "")}`);
  lines.push("", signedHeaders.join(";"), bodyHash);
  return lines.join("\n");
}

/** Paths that neither encoding nor normalising changes: nearly every path that is ever signed. */
const CANONICAL_PATH = /^(\/[\w~-][\w.~-]*)+$/;

/** Encodes each segment once more, so that `%2F` on the wire becomes `%252F`, unless it is to be encoded only once. */
export function canonicalPath(path: string, normalize = true, isEncodedOnce = false): string {
  if (CANONICAL_PATH.test(path)) return path;
  const encoded = path.split("/").map((segment) => encodeRfc3986(isEncodedOnce ? decodeQuery(segment) : segment));
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

/** Folds HTTP's white space only: JavaScript's `\s` would fold a no-break space away too. */
export function canonicalValue(value: string): string {
  if (!/[\t\r\n]| {2}|^ | $/.test(value)) return value;
  return value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}

/** Compares by UTF-16 unit: for the ASCII of encoded text that is the byte order of the protocol. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `encodeURIComponent` leaves five characters alone that RFC 3986 reserves. */
export function encodeRfc3986(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  const encoded = encodeURIComponent(text);
  if (!/[!'()*]/.test(encoded)) return encoded;
  // A function for each character would cost a verifier much for a text of nothing else.
  return encoded
    .replaceAll("!", "%21")
    .replaceAll("'", "%27")
    .replaceAll("(", "%28")
    .replaceAll(")", "%29")
    .replaceAll("*", "%2A");
}

/** Decodes a query component as a form does, and S3 a path: `+` is a space, and a broken escape stands for itself. */
function decodeQuery(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const spaced = text.replaceAll("+", " ");
  // An error costs more than a look ahead.
  if (/%(?![\dA-Fa-f]{2})/.test(spaced)) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
