/** Fills the path templates of an OpenAPI document. */
import { InputError } from "../errors.ts";
import { encodeRfc3986 } from "../signing/canonical-request.ts";

/**
 * A safe `pathSerializer` for openapi-fetch. The default one can send a request to the wrong path: a value of `..`
 * leads to the parent path, and a missing value is sent as `%7Bid%7D`.
 *
 * ```ts
 * createClient<paths>({ baseUrl, fetch: signedFetch({ service: "execute-api" }), pathSerializer });
 * ```
 *
 * A list becomes `a,b`. The value of API Gateway's `{proxy+}` keeps its slashes. A `#` ends the template: some
 * documents tell equal paths apart by a fragment, behind which openapi-fetch would put the query.
 * @returns the path, with each value percent-encoded
 * @throws InputError for a value that is missing, empty, a dot segment or an object
 */
export function pathSerializer(template: string, values: Readonly<Record<string, unknown>> = {}): string {
  return template.replace(/#.*/s, "").replace(/\{([^{}]*)\}/g, (_, placeholder: string) => {
    const isGreedy = placeholder.endsWith("+") && !Object.hasOwn(values, placeholder);
    const member = isGreedy ? placeholder.slice(0, -1) : placeholder;
    const value = values[member];
    if (isGreedy)
      return String(value ?? "")
        .split("/")
        .map((segment) => encoded(member, segment))
        .join("/");
    return Array.isArray(value) && value.length > 0
      ? value.map((element) => encoded(member, element)).join(",")
      : encoded(member, value);
  });
}

function encoded(member: string, value: unknown): string {
  if (typeof value === "object" && value !== null)
    refuse(member, "must be text, a number, a boolean or a list of these");
  const text = String(value ?? "");
  if (text === "") refuse(member, "must not be empty or missing");
  if (text === "." || text === "..") refuse(member, "must not be a dot segment");
  return encodeRfc3986(text);
}

function refuse(member: string, rule: string): never {
  throw new InputError(`The path parameter ${member} ${rule}. Nothing was sent.`, [{ member, rule }]);
}
