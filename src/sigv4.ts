/** `lookout-packaging-jobs/sigv4`: a `fetch` that signs and retries, for any API with AWS's IAM authentication. */

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
  /**
   * Whether dot segments and repeated slashes of the path are resolved in the signature.
   * @default true except for S3
   */
  normalizePath?: boolean | undefined;
  /** Whether a POST or PATCH may be retried. @default false */
  retryPost?: boolean | undefined;
}

/**
 * A `fetch` that signs and retries. It resolves to the response, whatever its status, when the whole body has arrived.
 * Headers of the connection and of another signature are dropped.
 * @throws InputError for a request that cannot be sent or signed: a relative URL, a URL with a password, a used body, a
 * header outside printable ASCII
 * @throws NetworkError when no complete response arrives, or one with a body of more than `maxResponseBytes`
 * @throws TimeoutError when `timeout` or, in the last attempt, `attemptTimeout` is over
 * @throws CredentialsError when there are no credentials
 * @throws the reason of the caller's signal
 */
export interface SignedFetch {
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** Closes idle connections. */
  close(): Promise<void>;
}

const OWN_OPTIONS = ["service", "normalizePath", "retryPost"];

/**
 * Makes a `fetch` that signs each attempt with Signature Version 4, retries in AWS's standard mode, and corrects a
 * wrong clock. It returns redirects and does not follow them.
 *
 * ```ts
 * const api = createClient<paths>({ baseUrl, fetch: signedFetch({ service: "execute-api", region: "eu-west-1" }) });
 * ```
 *
 * @throws ConfigurationError when an option is missing, unknown or invalid
 */
export function signedFetch(options: SignedFetchOptions): SignedFetch & AsyncDispose {
  checkSendOptions(options, OWN_OPTIONS);
  if (typeof options.service !== "string" || options.service === "")
    throw new ConfigurationError('No service. Pass the signing name as `service`, for example "execute-api".');
  const { service, region, normalizePath, retryPost } = options;
  const context = contextOf({ scope: { service, region: regionOf(region), normalizePath }, errors: {} }, options);
  const fetch = async (input: Request | URL | string, init?: RequestInit): Promise<Response> => {
    // The signal is left out of the request, which refuses a signal of another realm.
    const { signal, ...rest } = init ?? {};
    const request = standardRequest(input, rest);
    const signals = signal === undefined ? [request.signal] : signal === null ? [] : [signal];
    const { response } = await send(context, request, { signals, repeatable: retryPost || undefined });
    return response.toResponse();
  };
  return disposable(Object.assign(fetch, { close: async () => context.transport.close() }));
}
