/** Fills the path templates of OpenAPI. */
import { InputError } from "../errors.ts";
import { encodeRfc3986 } from "../signing/canonical-request.ts";

/**
 * A `pathSerializer` for openapi-fetch, whose own lets a request go out to another path than the one meant: a value of
 * `..` climbs up, and a missing one is sent as `%7Bid%7D`.
 *
 * ```ts
 * createClient<paths>({ baseUrl, fetch: signedFetch({ service: "execute-api" }), pathSerializer });
 * ```
 *
 * A list becomes `a,b`. The `{proxy+}` of API Gateway keeps its slashes. A template ends before a `#`, which some
 * documents tell equal paths apart by: behind it openapi-fetch would lose the query.
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
      ? value.map((one) => encoded(member, one)).join(",")
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
