/** What an answer says of itself, in the ways of AWS's restJson1. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
import type { Contract } from "./contract.ts";
import { type FailureDetails, ServiceError, UnknownServiceError } from "./errors.ts";
import type { HeaderLookup, Reply } from "./reply.ts";
import { hintOf } from "./retry.ts";
import { fromWire, isObject, timesAt } from "./values.ts";

/** An error as it came over the wire. */
export interface WireError {
  /** Its name, freed of the namespace before `#` and the link after `:`. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

export function requestIdOf(headers: HeaderLookup): string | undefined {
  for (const name of ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"]) {
    const id = headers.get(name);
    if (id !== null) return id;
  }
  return undefined;
}

/** Reads an answer with an error status: type from the header, else `code`, else `__type`, and never a nested one. */
export function readError(headers: HeaderLookup, body: unknown): WireError {
  const members = isObject(body) ? body : {};
  const type = [headers.get("x-amzn-errortype"), members.code, members.__type].find(
    (value) => typeof value === "string" && value !== "",
  );
  const message = [members.message, members.Message].find((value) => typeof value === "string");
  return { code: nameOf(type as string | undefined), message: message as string | undefined };
}

function nameOf(type: string | undefined): string | undefined {
  const name = type?.split(/[:,]/, 1)[0]?.split("#").at(-1)?.trim();
  return name || undefined;
}

/**
 * The error that a method throws for an answer that is no success.
 * @param body Parsed JSON, else text.
 */
export function errorOf(
  contract: Contract,
  response: { readonly status: number; readonly headers: HeaderLookup },
  body: unknown,
  details: FailureDetails,
): Error {
  const { code, message } = readError(response.headers, body);
  const { status } = response;
  const hint = hintOf(response.headers);
  const all = {
    ...details,
    status,
    requestId: requestIdOf(response.headers),
    retryAfter: hint === undefined ? undefined : hint / 1000,
  };
  const shape = code !== undefined && Object.hasOwn(contract.errors, code) ? contract.errors[code] : undefined;
  if (code !== undefined && shape !== undefined) {
    // Front ends spell it one way, services another: the document's spelling is there either way.
    const members = { ...(isObject(body) ? body : {}), [shape.message ?? "Message"]: message ?? "" };
    fromWire(members, timesAt(shape.timestamps ?? []));
    return new ServiceError(code, message || `The service answered ${status} ${code}.`, members, all);
  }
  const said = code === undefined ? `HTTP ${status}` : `${code} (HTTP ${status})`;
  if (status >= 300 && status < 400)
    return new UnknownServiceError(
      `The server redirects to ${response.headers.get("location") ?? "an unnamed place"} (HTTP ${status}), which is not ` +
        "followed: the signature holds for one host. If that place is right, give it as the endpoint.",
      { ...all, code, body },
    );
  const what = message ? `: ${message}` : excerpt(body);
  // An error without a name comes from something in between, or from another server altogether.
  const question = code === undefined ? ". Is the endpoint the right one?" : "";
  return new UnknownServiceError(`The server answered ${said}${what}${question}`, { ...all, code, body });
}

/** The error for a success that cannot be read. */
export function unreadable(reply: Reply, details: FailureDetails): UnknownServiceError {
  const body = reply.jsonIfAny() ?? reply.text();
  const type = reply.get("content-type") ?? "no content type";
  return new UnknownServiceError(
    `The server answered HTTP ${reply.status} with something other than the JSON object of the contract (${type})${excerpt(body)}. ` +
      "Is the endpoint the right one?",
    { ...details, status: reply.status, requestId: requestIdOf(reply), body },
  );
}

function excerpt(body: unknown): string {
  const text = (typeof body === "string" ? body : (JSON.stringify(body) ?? "")).replace(/\s+/g, " ").trim();
  if (text === "") return ", with an empty body";
  return text.length > 120 ? `: ${text.slice(0, 120)}…` : `: ${text}`;
}
