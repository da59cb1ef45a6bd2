/** What an answer says of itself, in the ways of AWS's restJson1. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
import type { Contract } from "../contract/contract.ts";
import { fromWire, placesAt } from "../contract/values.ts";
import { ServiceError, UnknownServiceError } from "../errors.ts";
import { isObject, shortened } from "../json.ts";
import type { HeaderLookup, PlainResponse } from "./response.ts";
import { retryAfterOf } from "./retry.ts";

export function requestIdOf(headers: HeaderLookup): string | undefined {
  for (const name of ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"]) {
    const id = headers.get(name);
    if (id !== null) return id;
  }
  return undefined;
}

/**
 * Reads an answer with an error status: its name from the header, else `code`, else `__type`, and never a nested one,
 * freed of the namespace before `#` and the link after `:`.
 */
export function readError(errors: Contract["errors"], headers: HeaderLookup, body: unknown) {
  const members = isObject(body) ? body : {};
  const isText = (value: unknown) => typeof value === "string";
  const type = [headers.get("x-amzn-errortype"), members.code, members.__type].filter(isText).find(Boolean);
  const message = [members.message, members.Message].find(isText);
  const code = type?.split(/[:,]/, 1)[0]?.split("#").at(-1)?.trim() || undefined;
  const shape = code !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
  return { code, message, shape };
}

/**
 * The error that a method throws for an answer that is no success.
 * @param body Parsed JSON, else text.
 * @param attempts How many requests were sent for the call.
 */
export function errorOf(
  contract: Contract,
  response: { readonly status: number; readonly headers: HeaderLookup },
  body: unknown,
  attempts: number | undefined,
): Error {
  const { status, headers } = response;
  const { code, message, shape } = readError(contract.errors, headers, body);
  const hint = retryAfterOf(headers);
  const retryAfter = hint === undefined ? undefined : hint / 1000;
  const details = { attempts, status, requestId: requestIdOf(headers), retryAfter };
  if (code !== undefined && shape !== undefined) {
    // Front ends spell it one way, services another: the document's spelling is there either way.
    const members = { ...(isObject(body) ? body : {}), [shape.message ?? "Message"]: message ?? "" };
    fromWire(members, placesAt(shape.timestamps), placesAt(shape.nulls));
    return new ServiceError(code, message || `The service answered ${status} ${code}.`, members, details);
  }
  if (status >= 300 && status < 400)
    return new UnknownServiceError(
      `The server redirects to ${headers.get("location") ?? "an unnamed place"} (HTTP ${status}), which is not ` +
        "followed: the signature holds for one host. If that place is right, give it as the endpoint.",
      { ...details, code, body },
    );
  const said = code === undefined ? `HTTP ${status}` : `${code} (HTTP ${status})`;
  const what = message ? `: ${message}` : excerpt(body);
  // An error without a name comes from something in between, or from another server altogether, unless it is too busy.
  const question = code === undefined && status !== 429 && status !== 503 ? ". Is the endpoint the right one?" : "";
  return new UnknownServiceError(`The server answered ${said}${what}${question}`, { ...details, code, body });
}

/** The error for a success that cannot be read. */
export function unreadable(reply: PlainResponse, attempts: number): UnknownServiceError {
  const body = reply.json() ?? reply.text();
  const type = reply.get("content-type") ?? "no content type";
  return new UnknownServiceError(
    `The server answered HTTP ${reply.status} with something other than the JSON object of the contract (${type})${excerpt(body)}. ` +
      "Is the endpoint the right one?",
    { attempts, status: reply.status, requestId: requestIdOf(reply), body },
  );
}

function excerpt(body: unknown): string {
  const text = typeof body === "string" ? body : jsonOf(body);
  return text.trim() === "" ? ", with an empty body" : `: ${shortened(text.replace(/\s+/g, " ").trim(), 120)}`;
}

function jsonOf(body: unknown): string {
  try {
    return JSON.stringify(body) ?? "";
  } catch {
    // Lists in lists, more than the stack has room for.
    return "deeply nested JSON";
  }
}
