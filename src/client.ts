/** Assembles a client from a contract: openapi-fetch on top, signing and retries beneath, typed methods beside it. */

import type { CallResult, Contract, ContractTypes, Operation } from "./contract/contract.ts";
import { fromWire, placesAt, valueAt } from "./contract/values.ts";
import { InputError, ServiceError, type ServiceErrorOf } from "./errors.ts";
import { isObject } from "./json.ts";
import { wireInput } from "./operations/input.ts";
import { Listing } from "./operations/listing.ts";
import { errorOf, requestIdOf } from "./sending/aws-error.ts";
import { contextOf } from "./sending/context.ts";
import { type ClientOptions, endpointOf, milliseconds, regionOf } from "./sending/options.ts";
import { PlainRequest } from "./sending/request.ts";
import type { PlainResponse } from "./sending/response.ts";
import { type Call, send } from "./sending/send.ts";
import { encodeRfc3986 } from "./signing/canonical-request.ts";

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

/** What a method gives: the body of the answer, and the service's id of the request. */
export type WithRequestId<Output> = Output & { requestId: string | undefined };

type Types<C extends Contract> = NonNullable<C["types"]> extends ContractTypes ? NonNullable<C["types"]> : never;

/** An operation that requires no input can be called without one. */
type Arguments<Input, Options> =
  Record<never, never> extends Input ? [input?: Input, options?: Options] : [input: Input, options?: Options];

type Method<Shape> = Shape extends { input: infer Input; output: infer Output; item: infer Item }
  ? (...given: Arguments<Input, ListingOptions>) => Listing<WithRequestId<Output>, Item>
  : Shape extends { input: infer Input; output: infer Output }
    ? (...given: Arguments<Input, CallOptions>) => Promise<WithRequestId<Output>>
    : never;

/** A client: a method for each operation of its contract, and the openapi-fetch client underneath. */
export type Client<C extends Contract = Contract> = {
  readonly [Name in keyof Types<C>["operations"]]: Method<Types<C>["operations"][Name]>;
} & {
  /** The typed openapi-fetch client: same signing and retries, HTTP errors returned, times left as numbers. */
  readonly raw: Types<C>["raw"];
  /** Ends idle connections. */
  close(): Promise<void>;
};

/** Makes `createClient` for a contract that `npm run generate` wrote. */
export function clientFor<C extends Contract>(contract: C): (options?: ClientOptions) => Client<C> {
  return (options = {}) => {
    const region = regionOf(options.region);
    const endpoint = endpointOf(contract.service, region, options.endpoint);
    const sender = contextOf(
      {
        scope: { service: contract.service.signingName, region },
        errors: contract.errors,
        unreachable: endpoint.isDefault ? contract.service.retired : undefined,
      },
      options,
    );
    const sendStandard = async (request: Request, call: Call) => (await send(sender, request, call)).toResponse();
    const raw = contract.connect({
      baseUrl: endpoint.url,
      redirect: "manual",
      pathSerializer: fillPath,
      fetch: (request: Request) => sendStandard(request, rawCall(contract, request)),
    });
    // Middleware is promised standard requests and responses.
    let isPlain = true;
    const { use } = raw;
    raw.use = (...middleware: unknown[]) => {
      use(...middleware);
      isPlain = false;
    };
    const invoke: Invoke = (operation, wire, call) => {
      // Without a body in the contract, whatever comes is not read as JSON.
      const parseAs = operation.hasOutput ? "json" : "text";
      const init = isPlain
        ? { parseAs, Request: PlainRequest, fetch: (request: PlainRequest) => send(sender, request, call) }
        : { parseAs, fetch: (request: Request) => sendStandard(request, call) };
      return operation.call(raw, wire, init);
    };
    const client: Record<string, unknown> = { raw, close: async () => sender.transport.close() };
    for (const [name, operation] of Object.entries(contract.operations))
      client[name] = methodOf(contract, operation, invoke);
    return client as Client<C>;
  };
}

/** Tells the errors that a contract names from every other: `isServiceError` of that contract. */
export function serviceErrorGuard<C extends Contract>(
  contract: C,
): (error: unknown) => error is ServiceErrorOf<Types<C>["errors"]> {
  return (error): error is ServiceErrorOf<Types<C>["errors"]> =>
    error instanceof ServiceError && Object.hasOwn(contract.errors, error.name);
}

/** Sends an input in wire form through the openapi-fetch client. */
type Invoke = (operation: Operation, wire: unknown, call: Call) => Promise<CallResult>;

function methodOf(contract: Contract, operation: Operation, invoke: Invoke) {
  const { paginated } = operation;
  const times = placesAt(operation.timestamps.output);
  const nulls = placesAt(operation.nulls);
  const accepts = operation.hasOutput ? (reply: PlainResponse) => isOutput(operation, reply.json()) : undefined;
  const repeatable = operation.idempotencyToken === undefined ? undefined : true;
  const method = async (input: unknown, options: CallOptions, left?: AbortSignal): Promise<unknown> => {
    const timeout = options.timeout === undefined ? undefined : milliseconds("timeout", options.timeout);
    const wire = wireInput(operation, input);
    const signals = [options.signal, left].filter((signal) => signal !== undefined);
    const call: Call = { repeatable, signals, timeout, accepts };
    let result: CallResult;
    try {
      result = await invoke(operation, wire, call);
    } catch (reason) {
      // openapi-fetch passes on no reason that counts as false, such as null.
      options.signal?.throwIfAborted();
      throw reason;
    }
    const { data, error, response } = result;
    // Of unknown length, no body reads as an empty one.
    const body = error === "" ? undefined : error;
    if (!response.ok) throw errorOf(contract, response, body, call.attempts);
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
    const fetchPage = (input: unknown, left?: AbortSignal) => method(input, options, left);
    return new Listing({ paginated, input, fetchPage, prefetch: prefetch ?? true, signal });
  };
}

/** Whether a success holds what it should: an object, and in it, if anything stands for the items of a page, a list. */
function isOutput({ paginated }: Operation, body: unknown): boolean {
  const items = paginated && valueAt(body, paginated.items);
  return isObject(body) && (items === undefined || Array.isArray(items));
}

/** A success of unknown shape is still JSON, or empty. */
function rawCall({ operations }: Contract, { headers }: Request): Call {
  const tokens = Object.values(operations).map(({ idempotencyToken }) => idempotencyToken);
  const isIdempotent = tokens.some((token) => token?.in === "header" && headers.has(token.name));
  return {
    accepts: (reply) => reply.size === 0 || reply.json() !== undefined,
    repeatable: isIdempotent || undefined,
  };
}

/** Fills a path template. A missing, empty or dotted value would go out as another path than the one meant. */
function fillPath(template: string, values: Readonly<Record<string, unknown>> = {}): string {
  return template.replace(/\{(.*?)\}/g, (_, member: string) => {
    const text = String(values[member] ?? "");
    if (!/^\.{0,2}$/.test(text)) return encodeRfc3986(text);
    const rule = text === "" ? "must not be empty or missing" : "must not be a dot segment";
    throw new InputError(`The path parameter ${member} ${rule}. Nothing was sent.`, [{ member, rule }]);
  });
}
