import { statuses } from "../../../generated/routes.ts";
import { StoreUnavailableError } from "../stores/store.ts";

/** A response before it is written to the socket. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, or its bytes. */
  readonly body: string | Buffer;
}

type ErrorName = keyof typeof statuses;

/** Optional parts of an {@link ErrorResponse}. */
export interface ErrorDetails {
  /** Members of the body beside `Message`. */
  readonly members?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The error behind this one. It reaches the log, never the caller. */
  readonly cause?: unknown;
}

/** An error that the contract names: thrown wherever a request is refused, and itself the response, in AWS's restJson1. */
export class ErrorResponse extends Error implements EndpointResponse {
  override readonly name: ErrorName;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;

  constructor(name: ErrorName, message: string, { members, headers, cause }: ErrorDetails = {}) {
    super(message, { cause });
    this.name = name;
    // AWS's pages give several statuses for some errors. The last one holds today: 429 where it was 400.
    this.status = statuses[name].at(-1)!;
    // The bare name, without a namespace, is what old clients need.
    this.headers = { "x-amzn-ErrorType": name, ...headers };
    this.body = JSON.stringify({ Message: message, ...members });
  }
}

/** The {@link ErrorResponse} for anything thrown. An unexpected error becomes an InternalServerException without its details. */
export function toErrorResponse(error: unknown): ErrorResponse {
  if (error instanceof ErrorResponse) return error;
  if (error instanceof StoreUnavailableError)
    return new ErrorResponse("ServiceUnavailable", "The service is not available for now. Try again.", {
      headers: { "Retry-After": "1" },
      cause: error,
    });
  return new ErrorResponse("InternalServerException", "The service met an internal error. Try again.", {
    cause: error,
  });
}
