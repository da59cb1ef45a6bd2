import { statuses } from "../../generated/routes.ts";

/** What goes back to the caller. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, or its bytes. */
  readonly body: string | Buffer;
}

type FaultName = keyof typeof statuses;

/** What a {@link Fault} may carry beside its message. */
export interface FaultDetails {
  /** Members of the body beside `Message`. */
  readonly members?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What went wrong inside. It reaches the log, never the caller. */
  readonly cause?: unknown;
}

/** A refusal by an error that the contract names: thrown wherever it is found, and itself the answer, in AWS's restJson1. */
export class Fault extends Error implements Answer {
  override readonly name: FaultName;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;

  constructor(name: FaultName, message: string, { members, headers, cause }: FaultDetails = {}) {
    super(message, { cause });
    this.name = name;
    // Of the statuses that AWS's pages give for an error, the last: 429 rather than the 400 of before.
    this.status = statuses[name].at(-1)!;
    // The bare name, without a namespace, is what old clients need.
    this.headers = { "x-amzn-ErrorType": name, ...headers };
    this.body = JSON.stringify({ Message: message, ...members });
  }
}

/** Anything thrown as a {@link Fault}: what is none of ours becomes the service's own, and says nothing of itself. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault("InternalServerException", "The service met an internal error. Try again.", { cause: error });
}
