/** The package's main entry. It holds no code: a program that imports only an error class bundles nothing else. */
export type * from "../generated/index.ts";
export type { CallOptions, ClientOptions, ListingOptions, WithRequestId } from "./client.ts";
export {
  ConfigurationError,
  CredentialsError,
  InputError,
  type InputFault,
  NetworkError,
  PaginationError,
  TimeoutError,
  UnknownServiceError,
} from "./errors.ts";
export type { Listing } from "./operations/listing.ts";
export type { LogEntry, Logger } from "./sending/log.ts";
export type { Fetch, FetchedResponse, RequestParts } from "./sending/options.ts";
export { type Client, createClient, isServiceError, type RawClient, type ServiceError } from "./service.ts";
export type { Credentials, CredentialsProvider } from "./signing/credentials.ts";
