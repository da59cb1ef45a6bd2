/** Makes the error that a method throws for a response with an error status. */
import type { Contract } from "../contract/contract.ts";
import { fromWire, pathTree } from "../contract/values.ts";
import { ServiceError } from "../errors.ts";
import { isObject } from "../json.ts";
import { readError } from "../sending/read-error.ts";
import { detailsOf, type FailedResponse, unknownError } from "../sending/unknown-error.ts";

/**
 * Makes a {@link ServiceError} for an error that the contract names, else an UnknownServiceError.
 * @param body Parsed JSON, or the text when it is not JSON.
 * @param attempts The number of requests of the call; undefined when middleware made the response.
 */
export function serviceError(
  contract: Contract,
  response: FailedResponse,
  body: unknown,
  attempts: number | undefined,
): Error {
  const error = readError(contract.errors, response.headers, body);
  const { code, message, shape } = error;
  if (code === undefined || shape === undefined) return unknownError(error, response, body, attempts);
  // Servers spell `Message` or `message`: the body always has the document's spelling, too.
  const members = { ...(isObject(body) ? body : {}), [shape.message ?? "Message"]: message ?? "" };
  fromWire(members, pathTree(shape.timestamps), pathTree(shape.nulls));
  const text = message || `The service responded with ${response.status} ${code}.`;
  return new ServiceError(code, text, members, detailsOf(response, attempts));
}
