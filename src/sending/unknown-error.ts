/** Makes the errors for responses that the document does not describe. */
import { type FailureDetails, UnknownServiceError } from "../errors.ts";
import { shortened } from "../json.ts";
import { type HeaderLookup, requestIdOf, retryAfterOf } from "./headers.ts";
import type { WireError } from "./read-error.ts";
import type { PlainResponse } from "./response.ts";

/** The part of a response that errors are made of. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: HeaderLookup;
}

/** The members that every error of a response has. */
export function detailsOf({ status, headers }: ErrorResponse, attempts: number | undefined): FailureDetails {
  const wait = retryAfterOf(headers);
  return {
    attempts,
    status,
    requestId: requestIdOf(headers),
    retryAfter: wait === undefined ? undefined : wait / 1000,
  };
}

/**
 * The error for a response with an error status that has no name, or one that the document does not list.
 * @param body Parsed JSON, else text.
 */
export function unknownError(
  { code, message }: WireError,
  response: ErrorResponse,
  body: unknown,
  attempts: number | undefined,
): UnknownServiceError {
  const { status, headers } = response;
  const details = { ...detailsOf(response, attempts), code, body };
  if (status >= 300 && status < 400)
    return new UnknownServiceError(
      `The server redirects to ${headers.get("location") ?? "an unnamed place"} (HTTP ${status}), which is not ` +
        "followed: the signature holds for one host. If that place is right, give it as the endpoint.",
      details,
    );
  const name = code === undefined ? `HTTP ${status}` : `${code} (HTTP ${status})`;
  const reason = message ? `: ${message}` : excerpt(body);
  // An error without a name comes from a proxy, or from another server altogether, unless the server is too busy.
  const question = code === undefined && status !== 429 && status !== 503 ? ". Is the endpoint the right one?" : "";
  return new UnknownServiceError(`The server responded with ${name}${reason}${question}`, details);
}

/** The error for a response that cannot be read: in an unknown content coding, or not what the contract says. */
export function unreadable(response: PlainResponse, attempts: number): UnknownServiceError {
  const { status, unknownCoding } = response;
  const details = { attempts, status, requestId: requestIdOf(response) };
  if (unknownCoding !== undefined)
    return new UnknownServiceError(
      `The server responded with HTTP ${status} in the content coding ${JSON.stringify(shortened(unknownCoding, 40))}, which cannot be decoded here ` +
        "(gzip, deflate, br, and zstd from Node 22.15 on, can). Have the server or proxy send it without.",
      details,
    );
  const body = response.json() ?? response.text();
  const type = response.get("content-type") ?? "no content type";
  return new UnknownServiceError(
    `The server responded with HTTP ${status} with something other than the JSON object of the contract (${type})${excerpt(body)}. ` +
      "Is the endpoint the right one?",
    { ...details, body },
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
    // The stack has no room for lists nested this deep.
    return "deeply nested JSON";
  }
}
