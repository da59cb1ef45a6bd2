/** Makes the error that a method throws for a response that is no success. */
import type { Contract } from "../contract/contract.ts";
import { fromWire, placesAt } from "../contract/values.ts";
import { ServiceError } from "../errors.ts";
import { isObject } from "../json.ts";
import { type HeaderLookup, requestIdOf, retryAfterOf } from "../sending/headers.ts";
import { readError } from "../sending/read-error.ts";
import { unknownError } from "../sending/unknown-error.ts";

/**
 * A {@link ServiceError} when the contract names the error, else an UnknownServiceError.
 * @param body Parsed JSON, else text.
 * @param attempts How many requests were sent for the call; undefined when middleware gave the response.
 */
export function serviceError(
  contract: Pick<Contract, "errors">,
  { status, headers }: { readonly status: number; readonly headers: HeaderLookup },
  body: unknown,
  attempts: number | undefined,
): Error {
  const error = readError(contract.errors, headers, body);
  const { code, message, shape } = error;
  const wait = retryAfterOf(headers);
  const retryAfter = wait === undefined ? undefined : wait / 1000;
  const details = { attempts, status, requestId: requestIdOf(headers), retryAfter };
  if (code === undefined || shape === undefined)
    return unknownError(error, headers.get("location"), { ...details, body });
  // Front ends and services spell the message's member differently: the document's spelling is always there.
  const members = { ...(isObject(body) ? body : {}), [shape.message ?? "Message"]: message ?? "" };
  fromWire(members, placesAt(shape.timestamps), placesAt(shape.nulls));
  return new ServiceError(code, message || `The service answered ${status} ${code}.`, members, details);
}
