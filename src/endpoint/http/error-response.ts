import { statuses } from "../../../generated/routes.ts";
import { StoreUnavailableError } from "../stores/store.ts";

/** What goes back to the caller. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, or its bytes. */
  readonly body: string | Buffer;
}

type ErrorName = keyof typeof statuses;

/** What a {@link ErrorResponse} may carry beside its message. */
export interface ErrorDetails {
  /** Members of the body beside `Message`. */
  readonly members?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What went wrong inside. It reaches the log, never the caller. */
  readonly cause?: unknown;
}

/** A refusal by an error that the contract names: thrown wherever it is found, and itself the answer, in AWS's restJson1. */
export class ErrorResponse extends Error implements EndpointResponse {
  override readonly name: ErrorName;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;

  constructor(name: ErrorName, message: string, { members, headers, cause }: ErrorDetails = {}) {
    super(message, { cause });
    this.name = name;
    // Of the statuses that AWS's pages give for an error, the last: 429 rather than the 400 of before.
    this.status = statuses[name].at(-1)!;
    // The bare name, without a namespace, is what old clients need.
    this.headers = { "x-amzn-ErrorType": name, ...headers };
    this.body = JSON.stringify({ Message: message, ...members });
  }
}

/** Anything thrown as a {@link ErrorResponse}: what is none of ours becomes the service's own, and says nothing of itself. */
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
