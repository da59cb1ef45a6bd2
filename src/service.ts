/** The client of this package's document. */
import { contract, type Errors } from "../generated/index.ts";
import { type Client as ClientOf, type ClientOptions, clientFor, serviceErrorGuard } from "./client.ts";
import type { ServiceErrorOf } from "./errors.ts";

/** A client of this package's document. */
export type Client = ClientOf<typeof contract>;

/** The type of a client's `raw`: the typed openapi-fetch client. */
export type RawClient = Client["raw"];

/** The errors that the document names, as a union that `switch (error.name)` narrows. */
export type ServiceError = ServiceErrorOf<Errors>;

/**
 * Makes a client, which has a method for each operation of the document. Region, credentials and endpoint come from the
 * options, or else from the environment.
 *
 * ```ts
 * const client = createClient({ region: "us-east-1", endpoint: "http://127.0.0.1:4567" });
 * await client.close();
 * ```
 *
 * @throws ConfigurationError when an option is missing, unknown or invalid
 * @throws CredentialsError when the option `credentials` is an incomplete key pair
 */
export const createClient: (options?: ClientOptions) => Client = clientFor(contract);

/**
 * Whether an error is one that the document names. It narrows the type for `switch (error.name)`:
 *
 * ```ts
 * if (!isServiceError(error)) throw error;
 * switch (error.name) {
 *   case "ThrottlingException":
 *     console.log(error.retryAfter, error.body.QuotaCode);
 * }
 * ```
 */
export const isServiceError: (error: unknown) => error is ServiceError = serviceErrorGuard(contract);
