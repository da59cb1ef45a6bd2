/**
 * A signed, retried `fetch` for any API behind AWS's IAM authentication: an API Gateway, a Lambda URL, a service.
 * It knows no contract; give it to an openapi-fetch client, or call it as you would call `fetch`.
 */

import { type AsyncDispose, disposable } from "./async-dispose.ts";
import { ConfigurationError } from "./errors.ts";
import { contextOf } from "./sending/context.ts";
import { checkSendOptions, regionOf, type SendOptions } from "./sending/options.ts";
import { standardRequest } from "./sending/request.ts";
import { send } from "./sending/send.ts";

export {
  ConfigurationError,
  CredentialsError,
  InputError,
  type InputFault,
  NetworkError,
  TimeoutError,
} from "./errors.ts";
export { pathSerializer } from "./operations/path-serializer.ts";
export type { LogEntry, Logger } from "./sending/log.ts";
export type { Fetch, FetchedResponse, RequestParts, SendOptions } from "./sending/options.ts";
export type { Credentials, CredentialsProvider } from "./signing/credentials.ts";

/** Options of {@link signedFetch}. */
export interface SignedFetchOptions extends SendOptions {
  /** The signing name of the API: `execute-api` for an API Gateway, `lambda` for a Lambda URL. */
  service: string;
  /** Whether dots and repeated slashes of the path are resolved in the signature. @default true except for S3 */
  normalizePath?: boolean | undefined;
  /** Whether a POST or PATCH may be sent again after a failure. @default false */
  retryPost?: boolean | undefined;
}

/**
 * A `fetch` that signs. It rejects with a NetworkError, a TimeoutError or the reason of the caller's signal, and with an
 * InputError for a request that cannot be sent or signed: a relative URL, a URL with a password, a used body, a header
 * outside ASCII. Headers of the connection and of another signature are left out. A response is read whole before it is
 * given, `maxResponseBytes` at most: there is no stream to follow.
 */
export interface SignedFetch {
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** Ends idle connections. */
  close(): Promise<void>;
}

const OWN_OPTIONS = ["service", "normalizePath", "retryPost"];

/**
 * Makes a `fetch` that signs each attempt with Signature Version 4, retries, and corrects its clock. Redirects are
 * returned, not followed.
 * @throws ConfigurationError when an option is missing, unknown or makes no sense
 */
export function signedFetch(options: SignedFetchOptions): SignedFetch & AsyncDispose {
  checkSendOptions(options, OWN_OPTIONS);
  if (typeof options.service !== "string" || options.service === "")
    throw new ConfigurationError('No service. Pass the signing name as `service`, for example "execute-api".');
  const { service, region, normalizePath, retryPost } = options;
  const context = contextOf({ scope: { service, region: regionOf(region), normalizePath }, errors: {} }, options);
  const fetch = async (input: Request | URL | string, init?: RequestInit): Promise<Response> => {
    // Apart from the request, which takes no signal of another realm.
    const { signal, ...rest } = init ?? {};
    const request = standardRequest(input, rest);
    const signals = signal === undefined ? [request.signal] : [signal].filter((one) => one !== null);
    const { response } = await send(context, request, { signals, repeatable: retryPost || undefined });
    return response.toResponse();
  };
  return disposable(Object.assign(fetch, { close: async () => context.transport.close() }));
}
