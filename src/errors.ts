/** Every way a call can fail. Each is an `Error` with a literal `name`; none carries a header or a credential. */

type Details = Omit<UnknownServiceError, "name" | "message" | "stack">;

/** Details of an error, each where it is known. */
export type FailureDetails = { [Name in keyof Details]?: Details[Name] | undefined };

class Failure extends Error {
  /** HTTP status of the response. */
  declare readonly status?: number;
  /** The service's id of the request. */
  declare readonly requestId?: string;
  /** How many requests were sent for the call. */
  declare readonly attempts?: number;
  /** In how many seconds the service asks to be called again. */
  declare readonly retryAfter?: number;

  constructor(message: string, { cause, ...details }: FailureDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    // Unknown details are left out: a printed error shows the known ones only.
    for (const [name, value] of Object.entries(details))
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true });
  }
}

/**
 * Whether a value is an error, also one of another realm, for which `instanceof Error` is false: under jest and in vm
 * contexts Node's own errors are such.
 */
export function isError(value: unknown): value is Error {
  return typeof value === "object" && value !== null && "name" in value && typeof Object(value).message === "string";
}

/** The message of an error, or a thrown value as text. */
export function messageOf(thrown: unknown): string {
  return isError(thrown) ? thrown.message : String(thrown);
}

/** Marks a {@link ServiceError} for other realms and other copies of this package, which do not share its class. */
const SERVICE_ERROR: unique symbol = Symbol.for("lookout-packaging-jobs.ServiceError") as never;

/** Whether a value is a {@link ServiceError}, of whichever realm. */
export function isAnyServiceError(value: unknown): value is ServiceError {
  return isError(value) && SERVICE_ERROR in value;
}

/** An error that the document names. `name` is its name there, `body` the body of the response. */
export class ServiceError<Name extends string = string, Body = unknown> extends Failure {
  override readonly name: Name;
  readonly body: Body;

  constructor(name: Name, message: string, body: Body, details?: FailureDetails) {
    super(message, details);
    this.name = name;
    this.body = body;
    Object.defineProperty(this, SERVICE_ERROR, { value: true });
  }
}

/** The errors of a document as a union that `switch (error.name)` tells apart. */
export type ServiceErrorOf<Errors> = {
  [Name in keyof Errors & string]: ServiceError<Name, Errors[Name]>;
}[keyof Errors & string];

/** A response that the document does not describe: an error of another name, a proxy's page, a redirect. */
export class UnknownServiceError extends Failure {
  override readonly name = "UnknownServiceError";
  /** The error's name as the server gave it, if it gave one. */
  declare readonly code?: string;
  /** The body of the response: parsed JSON, or else its text, at most 1 MiB of it. */
  declare readonly body?: unknown;
}

/** No complete response arrived: the connection was refused, reset or cut off. */
export class NetworkError extends Failure {
  override readonly name = "NetworkError";
  /** The system's code, for example `ECONNREFUSED`. */
  declare readonly code?: string;
}

/** The call, or its last attempt, took longer than it may. */
export class TimeoutError extends Failure {
  override readonly name = "TimeoutError";
}

/** One member of an input and the rule that it breaks. */
export interface InputFault {
  /** The member, for example `maxResults`, with dots for nested ones; empty for the input itself. */
  readonly member: string;
  /** The rule in words, for example `must be at most 100`. */
  readonly rule: string;
}

/** An input that breaks the contract. Nothing was sent. */
export class InputError extends Failure {
  override readonly name = "InputError";
  readonly faults: readonly InputFault[];

  constructor(message: string, faults: readonly InputFault[]) {
    super(message);
    this.faults = faults;
  }
}

/** A client that cannot be made of its options and the environment. */
export class ConfigurationError extends Failure {
  override readonly name = "ConfigurationError";
  /** The option at fault, whose name begins the message; none when the fault is the environment's. */
  declare readonly option?: string;

  constructor(message: string, details: FailureDetails & { option?: string | undefined } = {}) {
    super(message, details);
  }
}

/** Credentials that are missing, incomplete, or that their provider failed to give. */
export class CredentialsError extends Failure {
  override readonly name = "CredentialsError";
}

/** A page token that cannot be followed: one given out before, which would list for ever, or one that breaks the contract. */
export class PaginationError extends Failure {
  override readonly name = "PaginationError";
  /** The token that the service gave. */
  readonly token: unknown;

  constructor(message: string, token: unknown, details?: FailureDetails) {
    super(message, details);
    this.token = token;
  }
}
