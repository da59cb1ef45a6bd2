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
  /** Lower-case names, sorted. */
  readonly signedHeaders: readonly string[];
  /** The value of a header, by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** The SHA-256 of the body in hexadecimal, or the value in its place, such as `UNSIGNED-PAYLOAD`. */
  readonly bodyHash: string;
  /** Whether dot segments and repeated slashes of the path are resolved. @default true */
  readonly normalizePath?: boolean | undefined;
  /** Whether the path is percent-encoded once, as for S3, and not twice. @default false */
  readonly isPathEncodedOnce?: boolean | undefined;
}

export function canonicalRequest(parts: CanonicalParts): string {
  const { method, path, query, signedHeaders, header, bodyHash } = parts;
  const lines = [method, canonicalPath(path, parts.normalizePath, parts.isPathEncodedOnce), canonicalQuery(query)];
  for (const name of signedHeaders) lines.push(`${name}:${canonicalValue(header(name) ?? "")}`);
  lines.push("", signedHeaders.join(";"), bodyHash);
  return lines.join("\n");
}

/** Matches paths that neither encoding nor normalizing changes. Nearly every path is one: this is for speed. */
const CANONICAL_PATH = /^(\/[\w~-][\w.~-]*)+$/;

/** Encodes each segment once more, unless `isEncodedOnce`: `%2F` on the wire becomes `%252F`. */
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

/** Sorts by the encoded key and then by the encoded value: whole `key=value` strings would sort differently. */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const key = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? "" : pair.slice(equals + 1);
      return [encodeRfc3986(decodeQuery(key)), encodeRfc3986(decodeQuery(value))] as const;
    })
    .sort(([aKey, aValue], [bKey, bValue]) => compare(aKey, bKey) || compare(aValue, bValue))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
}

/** Folds HTTP's white space, and not JavaScript's `\s`, which includes the no-break space. */
export function canonicalValue(value: string): string {
  if (!/[\t\r\n]| {2}|^ | $/.test(value)) return value;
  return value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}

/** Compares by UTF-16 unit: for encoded text, which is ASCII, this is the byte order that the protocol asks for. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Percent-encodes by RFC 3986, which reserves five characters that `encodeURIComponent` leaves alone. */
export function encodeRfc3986(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  const encoded = encodeURIComponent(text);
  if (!/[!'()*]/.test(encoded)) return encoded;
  // Not by a function for each character: a hostile text of nothing else would cost a verifier much time.
  return encoded
    .replaceAll("!", "%21")
    .replaceAll("'", "%27")
    .replaceAll("(", "%28")
    .replaceAll(")", "%29")
    .replaceAll("*", "%2A");
}

/**
 * Decodes a form-encoded text, as queries and S3's paths are: `+` is a space, and a broken escape stands for itself.
 */
function decodeQuery(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const spaced = text.replaceAll("+", " ");
  // Checked before decoding: an error takes more time than this search.
  if (/%(?![\dA-Fa-f]{2})/.test(spaced)) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
