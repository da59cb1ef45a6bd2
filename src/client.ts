/** Assembles a client from a contract: openapi-fetch on top, signing and retries beneath, typed methods beside it. */

import { type AsyncDispose, disposable } from "./async-dispose.ts";
import type { Contract, ContractTypes } from "./contract/contract.ts";
import { environment } from "./environment.ts";
import { isAnyServiceError, type ServiceErrorOf } from "./errors.ts";
import { endpointOf } from "./operations/endpoint-url.ts";
import type { Listing } from "./operations/listing.ts";
import { type CallOptions, type Invoke, type ListingOptions, methodOf } from "./operations/method.ts";
import { pathSerializer } from "./operations/path-serializer.ts";
import { contextOf } from "./sending/context.ts";
import { checkSendOptions, regionOf, type SendOptions } from "./sending/options.ts";
import { PlainRequest } from "./sending/request.ts";
import { type Call, send } from "./sending/send.ts";

export type { CallOptions, ListingOptions } from "./operations/method.ts";

/** Options of a client. */
export interface ClientOptions extends SendOptions {
  /**
   * Where to send the requests, for example `http://127.0.0.1:4567`.
   * @default AWS_ENDPOINT_URL_<SERVICE>, then AWS_ENDPOINT_URL, then the service's regional host
   */
  endpoint?: string | URL | undefined;
}

/** The output of a method: the body of the response, and the service's id of the request. */
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
} & AsyncDispose;

/** Makes `createClient` for a contract that `npm run generate` wrote. */
export function clientFor<C extends Contract>(contract: C): (options?: ClientOptions) => Client<C> {
  environment();
  return (options = {}) => {
    checkSendOptions(options, ["endpoint"]);
    const region = regionOf(options.region);
    const endpoint = endpointOf(contract.service, region, options.endpoint);
    const context = contextOf(
      {
        scope: { service: contract.service.signingName, region },
        errors: contract.errors,
        unreachable: endpoint.isDefault ? contract.service.retired : undefined,
      },
      options,
    );
    const raw = contract.connect({
      baseUrl: endpoint.url,
      redirect: "manual",
      pathSerializer,
      fetch: async (request: Request) =>
        (await send(context, request, rawCall(contract, request))).response.toResponse(),
    });
    // Middleware is promised standard requests and responses.
    let hasMiddleware = false;
    const { use } = raw;
    raw.use = (...middleware: unknown[]) => {
      use(...middleware);
      hasMiddleware = true;
    };
    const invoke: Invoke = async (operation, wire, call) => {
      const isStandard = hasMiddleware;
      let attempts: number | undefined;
      const fetch = async (request: Request | PlainRequest) => {
        const sent = await send(context, request, call);
        attempts = sent.attempts;
        return isStandard ? sent.response.toResponse() : sent.response;
      };
      // Without a body in the contract, a response is not read as JSON.
      const parseAs = operation.hasOutput ? "json" : "text";
      const result = await operation.call(raw, wire, { parseAs, fetch, ...(!isStandard && { Request: PlainRequest }) });
      return { ...result, attempts };
    };
    const client = disposable<Record<string, unknown> & { close(): Promise<void> }>({
      raw,
      close: async () => context.transport.close(),
    });
    for (const [name, operation] of Object.entries(contract.operations))
      client[name] = methodOf(contract, operation, invoke, context.secrets.redact);
    return client as unknown as Client<C>;
  };
}

/** Makes `isServiceError` for a contract: true only for the errors that it names. */
export function serviceErrorGuard<C extends Contract>(
  contract: C,
): (error: unknown) => error is ServiceErrorOf<Types<C>["errors"]> {
  return (error): error is ServiceErrorOf<Types<C>["errors"]> =>
    isAnyServiceError(error) && Object.hasOwn(contract.errors, error.name);
}

/** A success of unknown shape is still JSON, or empty. */
function rawCall({ operations }: Contract, { headers }: Request): Call {
  const tokens = Object.values(operations).map(({ idempotencyToken }) => idempotencyToken);
  const isIdempotent = tokens.some((token) => token?.in === "header" && headers.has(token.name));
  return {
    accepts: (response) => response.size === 0 || response.json() !== undefined,
    repeatable: isIdempotent || undefined,
  };
}
