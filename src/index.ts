/** The public face: a client of the contract that `spec/openapi.yaml` gives. */
import { contract, type Errors } from "../generated/index.ts";
import { type Client as ClientOf, clientFor, serviceErrorGuard } from "./client.ts";
import type { ServiceErrorOf } from "./errors.ts";
import type { ClientOptions } from "./sending/options.ts";

export type * from "../generated/index.ts";
export type { CallOptions, ListingOptions, WithRequestId } from "./client.ts";
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
export type { ClientOptions } from "./sending/options.ts";
export type { Credentials, CredentialsProvider } from "./signing/credentials.ts";

/** A client of this package's contract. */
export type Client = ClientOf<typeof contract>;

/** The errors that the document names; `name` tells them apart. */
export type ServiceError = ServiceErrorOf<Errors>;

/**
 * Makes a client. Region, credentials and endpoint come from the options or else from the environment.
 * Throws a ConfigurationError when one of them is missing or makes no sense.
 */
export const createClient: (options?: ClientOptions) => Client = clientFor(contract);

/** Whether an error is one that the document names. */
export const isServiceError: (error: unknown) => error is ServiceError = serviceErrorGuard(contract);
