/** The method of one operation: input checked and filled, request sent, output or error read. */

import type { CallResult, Contract, Operation } from "../contract/contract.ts";
import { fromWire, placesAt } from "../contract/values.ts";
import { isObject, valueAt } from "../json.ts";
import { throwIfAborted } from "../sending/deadline.ts";
import { requestIdOf } from "../sending/headers.ts";
import { checkOptions, milliseconds } from "../sending/options.ts";
import type { PlainResponse } from "../sending/response.ts";
import type { Call } from "../sending/send.ts";
import { wireInput } from "./input.ts";
import { listingOf } from "./paginated.ts";
import { serviceError } from "./service-error.ts";

/** Options of one call. */
export interface CallOptions {
  /** Stops the call at once; it rejects with `signal.reason`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the call, or for each page of a listing, all attempts and pauses included. @default the client's */
  timeout?: number | undefined;
}

/** Options of a listing. */
export interface ListingOptions extends CallOptions {
  /** Whether iterating fetches the next page while the caller works on this one. @default true */
  prefetch?: boolean | undefined;
}

const CALL_OPTIONS: readonly (keyof ListingOptions)[] = ["signal", "timeout", "prefetch"];

/** Sends an input in wire form through the openapi-fetch client. */
export type Invoke = (
  operation: Operation,
  wire: unknown,
  call: Call,
  // Undefined when middleware gave the response.
) => Promise<CallResult & { readonly attempts: number | undefined }>;

/** Makes the method of an operation: it checks and fills its input, and resolves to an output or to a listing. */
export function methodOf(contract: Contract, operation: Operation, invoke: Invoke, redact: (text: string) => string) {
  const { paginated } = operation;
  const times = placesAt(operation.timestamps.output);
  const nulls = placesAt(operation.nulls);
  const accepts = operation.hasOutput ? (response: PlainResponse) => isOutput(operation, response.json()) : undefined;
  const repeatable = operation.idempotencyToken === undefined ? undefined : true;
  const method = async (input: unknown, options: CallOptions, left?: AbortSignal): Promise<unknown> => {
    checkOptions(options, CALL_OPTIONS);
    const timeout = options.timeout === undefined ? undefined : milliseconds("timeout", options.timeout);
    const wire = wireInput(operation, input);
    const signals = [options.signal, left].filter((signal) => signal !== undefined);
    const call: Call = { repeatable, signals, timeout, accepts };
    let result: Awaited<ReturnType<Invoke>>;
    try {
      result = await invoke(operation, wire, call);
    } catch (reason) {
      // openapi-fetch loses a reason that is falsy, such as null.
      throwIfAborted(options.signal);
      throw reason;
    }
    const { data, error, response, attempts } = result;
    // openapi-fetch reads a missing body of unknown length as an empty text.
    const body = error === "" ? undefined : error;
    if (!response.ok) throw serviceError(contract, response, body, attempts);
    const output = isObject(data) ? data : {};
    fromWire(output, times, nulls);
    output.requestId = requestIdOf(response.headers);
    return output;
  };
  if (!paginated) return (input: unknown = {}, options: CallOptions = {}) => method(input, options);
  return (input: unknown = {}, given?: ListingOptions | null) => {
    // A listing never throws when it is made, not even where types are not checked.
    const options = given ?? {};
    const { prefetch, signal } = options;
    const call = (input: unknown, left?: AbortSignal) => method(input, options, left);
    return listingOf(paginated, { input, call, prefetch: prefetch ?? true, signal, redact });
  };
}

/** Whether a success is an object, and the items of a page, when they are there, a list. */
function isOutput({ paginated }: Operation, body: unknown): boolean {
  const items = paginated && valueAt(body, paginated.items);
  return isObject(body) && (items === undefined || Array.isArray(items));
}
