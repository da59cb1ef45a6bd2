/** Makes a client from a contract: typed methods, which call openapi-fetch, which sends by the retry loop. */

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
   * The URL that requests are sent to, for example `http://127.0.0.1:4567`.
   * @default AWS_ENDPOINT_URL_<SERVICE>, then AWS_ENDPOINT_URL, then the service's host of the region
   */
  endpoint?: string | URL | undefined;
}

/** The output of a method: the body of the response, with the service's id of the request as `requestId`. */
export type WithRequestId<Output> = Output & { requestId: string | undefined };

type Types<C extends Contract> = NonNullable<C["types"]> extends ContractTypes ? NonNullable<C["types"]> : never;

/** The arguments of a method. The input may be left out when none of its members is required. */
type Arguments<Input, Options> =
  Record<never, never> extends Input ? [input?: Input, options?: Options] : [input: Input, options?: Options];

type Method<Shape> = Shape extends { input: infer Input; output: infer Output; item: infer Item }
  ? (...args: Arguments<Input, ListingOptions>) => Listing<WithRequestId<Output>, Item>
  : Shape extends { input: infer Input; output: infer Output }
    ? (...args: Arguments<Input, CallOptions>) => Promise<WithRequestId<Output>>
    : never;

/** A client: a method for each operation of its contract, and the openapi-fetch client that the methods call. */
export type Client<C extends Contract = Contract> = {
  readonly [Name in keyof Types<C>["operations"]]: Method<Types<C>["operations"][Name]>;
} & {
  /**
   * The typed openapi-fetch client. It signs and retries as the methods do, returns HTTP errors in place of throwing
   * them, and leaves times in epoch seconds.
   */
  readonly raw: Types<C>["raw"];
  /** Closes idle connections. */
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
    // openapi-fetch promises standard requests and responses to middleware.
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
      // A response is not read as JSON when the contract gives it no body.
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

/** Makes `isServiceError` for a contract: it is true only for the errors that the contract names. */
export function serviceErrorGuard<C extends Contract>(
  contract: C,
): (error: unknown) => error is ServiceErrorOf<Types<C>["errors"]> {
  return (error): error is ServiceErrorOf<Types<C>["errors"]> =>
    isAnyServiceError(error) && Object.hasOwn(contract.errors, error.name);
}

/** Options for a call of `raw`, whose operation is unknown: the body of a success is JSON or empty. */
function rawCall({ operations }: Contract, { headers }: Request): Call {
  const tokens = Object.values(operations).map(({ idempotencyToken }) => idempotencyToken);
  const isIdempotent = tokens.some((token) => token?.in === "header" && headers.has(token.name));
  return {
    accepts: (response) => response.size === 0 || response.json() !== undefined,
    repeatable: isIdempotent || undefined,
  };
}
