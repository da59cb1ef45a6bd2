/** The method of one operation: checks and completes the input, sends the request, and reads the output or error. */

import type { CallResult, Contract, Operation } from "../contract/contract.ts";
import { fromWire, pathTree } from "../contract/values.ts";
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
  /** Ends the call at once. The call rejects with `signal.reason`. @default none */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the call, or for each page of a listing, with all attempts and pauses. @default the client's */
  timeout?: number | undefined;
}

/** Options of a listing. */
export interface ListingOptions extends CallOptions {
  /** Whether an iteration fetches the next page while the caller works on the current one. @default true */
  prefetch?: boolean | undefined;
}

const CALL_OPTIONS: readonly (keyof ListingOptions)[] = ["signal", "timeout", "prefetch"];

/** Sends an input, as the wire takes it, by the openapi-fetch client. */
export type Invoke = (
  operation: Operation,
  wire: unknown,
  call: Call,
  // `attempts` is undefined when middleware made the response.
) => Promise<CallResult & { readonly attempts: number | undefined }>;

/**
 * Makes the method of an operation. The method returns a promise of the output, or a listing when the operation is
 * paginated.
 */
export function methodOf(contract: Contract, operation: Operation, invoke: Invoke, redact: (text: string) => string) {
  const { paginated } = operation;
  const times = pathTree(operation.timestamps.output);
  const nulls = pathTree(operation.nulls);
  const accepts = operation.hasOutput ? (response: PlainResponse) => isOutput(operation, response.json()) : undefined;
  const repeatable = operation.idempotencyToken === undefined ? undefined : true;
  const method = async (input: unknown, options: CallOptions, loopSignal?: AbortSignal): Promise<unknown> => {
    checkOptions(options, CALL_OPTIONS);
    const timeout = options.timeout === undefined ? undefined : milliseconds("timeout", options.timeout);
    const wire = wireInput(operation, input);
    const signals = [options.signal, loopSignal].filter((signal) => signal !== undefined);
    const call: Call = { repeatable, signals, timeout, accepts };
    let result: Awaited<ReturnType<Invoke>>;
    try {
      result = await invoke(operation, wire, call);
    } catch (reason) {
      // openapi-fetch loses a falsy reason, such as null.
      throwIfAborted(options.signal);
      throw reason;
    }
    const { data, error, response, attempts } = result;
    // openapi-fetch gives "" for an absent body of unknown length.
    const body = error === "" ? undefined : error;
    if (!response.ok) throw serviceError(contract, response, body, attempts);
    const output = isObject(data) ? data : {};
    fromWire(output, times, nulls);
    output.requestId = requestIdOf(response.headers);
    return output;
  };
  if (!paginated) return (input: unknown = {}, options: CallOptions = {}) => method(input, options);
  return (input: unknown = {}, optionsOrNull?: ListingOptions | null) => {
    // Null is accepted, from callers without types: making a listing never throws.
    const options = optionsOrNull ?? {};
    const { prefetch, signal } = options;
    const call = (input: unknown, loopSignal?: AbortSignal) => method(input, options, loopSignal);
    return listingOf(paginated, { input, call, prefetch: prefetch ?? true, signal, redact });
  };
}

/** Whether the body of a success is an object and, for a page, its items are a list or absent. */
function isOutput({ paginated }: Operation, body: unknown): boolean {
  const items = paginated && valueAt(body, paginated.items);
  return isObject(body) && (items === undefined || Array.isArray(items));
}
