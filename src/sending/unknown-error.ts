/** Makes the errors for responses that are not in the document. */
import { type FailureDetails, UnknownServiceError } from "../errors.ts";
import { jsonOf, shortened } from "../json.ts";
import { type HeaderLookup, requestIdOf, retryAfterOf } from "./headers.ts";
import type { WireError } from "./read-error.ts";
import type { PlainResponse } from "./response.ts";

/** The only part of a response that its errors use. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: HeaderLookup;
}

/** The members of every error that a response causes. */
export function detailsOf({ status, headers }: FailedResponse, attempts: number | undefined): FailureDetails {
  const wait = retryAfterOf(headers);
  return {
    attempts,
    status,
    requestId: requestIdOf(headers),
    retryAfter: wait === undefined ? undefined : wait / 1000,
  };
}

/**
 * Makes the error for a redirect, and for an error without a name or with a name that is not in the document.
 * @param body Parsed JSON, or the text when it is not JSON.
 */
export function unknownError(
  { code, message }: WireError,
  response: FailedResponse,
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
  // An error without a name comes from a proxy or from another server, unless the status says that the server is busy.
  const question = code === undefined && status !== 429 && status !== 503 ? ". Is the endpoint the right one?" : "";
  return new UnknownServiceError(`The server responded with ${name}${reason}${question}`, details);
}

/** Makes the error for a response that is in an unknown content coding, or that breaks the contract. */
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

function excerpt(body: unknown = ""): string {
  const text = typeof body === "string" ? body : (jsonOf(body) ?? "deeply nested JSON");
  return text.trim() === "" ? ", with an empty body" : `: ${shortened(text.replace(/\s+/g, " ").trim(), 120)}`;
}
