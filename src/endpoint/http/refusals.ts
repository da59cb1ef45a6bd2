/** Refuses bytes that are no request, a request that is too large, and one too many. */
import { STATUS_CODES } from "node:http";
import { ErrorResponse } from "./error-response.ts";
import type { Limits } from "./limits.ts";

/** Refuses a part of a request, and with it the connection: the rest of it would be read as the next request. */
export function tooLong(part: "head" | "body", bytes: number): ErrorResponse {
  const message = `The ${part} of the request is longer than ${bytes} bytes.`;
  return new ErrorResponse("RequestEntityTooLargeException", message, { headers: { Connection: "close" } });
}

/** Refuses a request of which Node has dropped headers, and ends the connection. */
export function tooManyHeaders(most: number): ErrorResponse {
  const message = `The request has more than ${most} headers.`;
  return new ErrorResponse("RequestEntityTooLargeException", message, { headers: { Connection: "close" } });
}

/** Refuses a request behind too many that wait on its connection, and ends the connection. */
export function tooManyInFlight({ requestsInFlight }: Limits): ErrorResponse {
  const message = `More than ${requestsInFlight} requests wait for their responses on one connection.`;
  return new ErrorResponse("ThrottlingException", message, { headers: { Connection: "close" } });
}

/** The refusal behind an error of Node's HTTP parser. Its own words differ between versions of Node. */
export function noRequest(code: string | undefined, limits: Limits): ErrorResponse {
  if (code === "HPE_HEADER_OVERFLOW") return tooLong("head", limits.headBytes);
  return code === "ERR_HTTP_REQUEST_TIMEOUT"
    ? new ErrorResponse("RequestTimeoutException", "The request took too long to arrive.")
    : new ErrorResponse("MalformedHttpRequestException", "The request is not well-formed HTTP.");
}

/** A response as bytes for a socket, where Node has no response object because no request arrived. */
export function rawResponse(
  { status, body }: ErrorResponse,
  headers: Readonly<Record<string, string | number>>,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`;
}
