import { statuses } from "../../generated/routes.ts";

/** An error that the contract names. */
export type FaultName = keyof typeof statuses;

/** What a {@link Fault} may carry beside its message. */
export interface FaultDetails {
  /** Members of the body beside `Message`. */
  readonly members?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What went wrong inside. It reaches the log, never the caller. */
  readonly cause?: unknown;
}

/** A refusal, thrown wherever it is found and answered in one place. */
export class Fault extends Error {
  override readonly name: FaultName;
  readonly members: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(name: FaultName, message: string, { members = {}, headers = {}, cause }: FaultDetails = {}) {
    super(message, { cause });
    this.name = name;
    this.members = members;
    this.headers = headers;
  }

  /** Of the statuses that AWS's pages give for an error, the last: 429 rather than the 400 of before. */
  get status(): number {
    return statuses[this.name].at(-1)!;
  }
}

/** Anything thrown as a {@link Fault}: what is none of ours becomes the service's own, and says nothing of itself. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault("InternalServerException", "The service met an internal error. Try again.", { cause: error });
}
