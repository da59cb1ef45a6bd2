/**
 * A signed, retried `fetch` for any API behind AWS's IAM authentication: an API Gateway, a Lambda URL, a service.
 * It knows no contract; give it to an openapi-fetch client, or call it as you would call `fetch`.
 */

import { ConfigurationError } from "./errors.ts";
import { contextOf } from "./sending/context.ts";
import { regionOf, type SendOptions } from "./sending/options.ts";
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
export type { SendOptions } from "./sending/options.ts";
export type { Credentials, CredentialsProvider } from "./signing/credentials.ts";

/** Options of {@link signedFetch}. */
export interface SignedFetchOptions extends SendOptions {
  /** The signing name of the API: `execute-api` for an API Gateway, `lambda` for a Lambda URL. */
  service: string;
  /** Whether dots and repeated slashes of the path are resolved in the signature. @default true, but for `s3` */
  normalizePath?: boolean | undefined;
  /** Whether a POST or PATCH may be sent again after a failure. @default false */
  retryPost?: boolean | undefined;
}

/**
 * A `fetch` that signs, and that rejects with a NetworkError, a TimeoutError, or the reason of the caller's signal; for a
 * request that cannot be signed with an InputError. Headers of the connection and of another signature are left out.
 */
export interface SignedFetch {
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** Ends idle connections. */
  close(): Promise<void>;
}

/** Makes a `fetch` that signs each attempt with Signature Version 4, retries, and corrects its clock. Redirects are returned, not followed. */
export function signedFetch(options: SignedFetchOptions): SignedFetch {
  if (typeof options.service !== "string" || options.service === "")
    throw new ConfigurationError('No service. Pass the signing name as `service`, for example "execute-api".');
  const { service, region, normalizePath, retryPost } = options;
  const context = contextOf({ scope: { service, region: regionOf(region), normalizePath }, errors: {} }, options);
  const fetch = async (input: Request | URL | string, init?: RequestInit): Promise<Response> => {
    const { response } = await send(context, new Request(input, init), { repeatable: retryPost || undefined });
    return response.toResponse();
  };
  return Object.assign(fetch, { close: async () => context.transport.close() });
}
