/** The client of this package's own contract. */
import { contract, type Errors } from "../generated/index.ts";
import { type Client as ClientOf, type ClientOptions, clientFor, serviceErrorGuard } from "./client.ts";
import type { ServiceErrorOf } from "./errors.ts";

/** A client of this package's contract. */
export type Client = ClientOf<typeof contract>;

/** The type of a client's `raw`: the typed openapi-fetch client. */
export type RawClient = Client["raw"];

/** The errors that the document names; `name` tells them apart. */
export type ServiceError = ServiceErrorOf<Errors>;

/**
 * Makes a client. Region, credentials and endpoint come from the options or else from the environment.
 * Throws a ConfigurationError when one of them is missing or makes no sense.
 */
export const createClient: (options?: ClientOptions) => Client = clientFor(contract);

/** Whether an error is one that the document names. */
export const isServiceError: (error: unknown) => error is ServiceError = serviceErrorGuard(contract);
