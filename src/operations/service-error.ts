/** Makes the error that a method throws for a response that is no success. */
import type { Contract } from "../contract/contract.ts";
import { fromWire, placesAt } from "../contract/values.ts";
import { ServiceError } from "../errors.ts";
import { isObject } from "../json.ts";
import { readError } from "../sending/read-error.ts";
import { detailsOf, type ErrorResponse, unknownError } from "../sending/unknown-error.ts";

/**
 * A {@link ServiceError} when the contract names the error, else an UnknownServiceError.
 * @param body Parsed JSON, else text.
 * @param attempts How many requests were sent for the call; undefined when middleware gave the response.
 */
export function serviceError(
  contract: Contract,
  response: ErrorResponse,
  body: unknown,
  attempts: number | undefined,
): Error {
  const error = readError(contract.errors, response.headers, body);
  const { code, message, shape } = error;
  if (code === undefined || shape === undefined) return unknownError(error, response, body, attempts);
  // Front ends and services spell the message's member differently: the document's spelling is always there.
  const members = { ...(isObject(body) ? body : {}), [shape.message ?? "Message"]: message ?? "" };
  fromWire(members, placesAt(shape.timestamps), placesAt(shape.nulls));
  const text = message || `The service responded with ${response.status} ${code}.`;
  return new ServiceError(code, text, members, detailsOf(response, attempts));
}
