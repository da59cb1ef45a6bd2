/** The errors that a call can throw. Each has a literal `name`. None holds a header or a credential. */

type Details = Omit<UnknownServiceError, "name" | "message" | "stack">;

/** The details of an error. Unknown details are left out. */
export type FailureDetails = { [Name in keyof Details]?: Details[Name] | undefined };

class Failure extends Error {
  /** The HTTP status of the response. */
  declare readonly status?: number;
  /** The service's id of the request. */
  declare readonly requestId?: string;
  /** The number of requests that were sent for the call. */
  declare readonly attempts?: number;
  /** The retry-after of the response, in seconds. */
  declare readonly retryAfter?: number;

  constructor(message: string, { cause, ...details }: FailureDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    // Undefined details are left out, so that a printed error does not show them.
    for (const [name, value] of Object.entries(details))
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true });
  }
}

/**
 * Whether a value is an error of any realm. `instanceof Error` is false for an error of another realm: under jest and
 * in vm contexts Node's own errors are of another realm.
 */
export function isError(value: unknown): value is Error {
  return typeof value === "object" && value !== null && "name" in value && typeof Object(value).message === "string";
}

/** The message of an error, or the text of any other thrown value. */
export function messageOf(thrown: unknown): string {
  return isError(thrown) ? thrown.message : String(thrown);
}

/** Marks a {@link ServiceError}: other realms and other copies of this package have another class. */
const SERVICE_ERROR: unique symbol = Symbol.for("lookout-packaging-jobs.ServiceError") as never;

/** Whether a value is a {@link ServiceError} of any realm. */
export function isAnyServiceError(value: unknown): value is ServiceError {
  return isError(value) && SERVICE_ERROR in value;
}

/**
 * An error of the service that the document names. `name` is the error's name, `body` the body of the response, with
 * `Date` for times.
 */
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

/** The errors of a document as a union that `switch (error.name)` narrows. */
export type ServiceErrorOf<Errors> = {
  [Name in keyof Errors & string]: ServiceError<Name, Errors[Name]>;
}[keyof Errors & string];

/** A response that is not in the document: an error with another name, a proxy's page, a redirect. */
export class UnknownServiceError extends Failure {
  override readonly name = "UnknownServiceError";
  /** The error's name in the response, if any. */
  declare readonly code?: string;
  /**
   * The body of the response: parsed JSON, or its text when it is not JSON. At most 1 MiB of an error's body is kept.
   */
  declare readonly body?: unknown;
}

/**
 * No complete response arrived: the connection failed, its certificate is not trusted, the response is malformed or
 * larger than `maxResponseBytes`, or the caller's own `fetch` failed.
 */
export class NetworkError extends Failure {
  override readonly name = "NetworkError";
  /** The system's code, for example `ECONNREFUSED`. */
  declare readonly code?: string;
}

/** The time of the call (`timeout`), or of its last attempt (`attemptTimeout`), is over. */
export class TimeoutError extends Failure {
  override readonly name = "TimeoutError";
}

/** A fault of an input: a member, and the rule that it breaks. */
export interface InputFault {
  /** The path of the member, joined by dots, for example `maxResults`; empty for the input itself. */
  readonly member: string;
  /** The rule in words, for example `must be at most 100`. */
  readonly rule: string;
}

/** An input that breaks the contract, or a request that cannot be sent or signed. Nothing was sent. */
export class InputError extends Failure {
  override readonly name = "InputError";
  /** All faults of the input. The message tells them, too. */
  readonly faults: readonly InputFault[];

  constructor(message: string, faults: readonly InputFault[]) {
    super(message);
    this.faults = faults;
  }
}

/** A missing, unknown or invalid option, or an invalid environment variable. */
export class ConfigurationError extends Failure {
  override readonly name = "ConfigurationError";
  /** The faulty option, whose name begins the message; undefined when an environment variable is at fault. */
  declare readonly option?: string;

  constructor(message: string, details: FailureDetails & { option?: string | undefined } = {}) {
    super(message, details);
  }
}

/** Missing or incomplete credentials, or a credentials provider that failed. */
export class CredentialsError extends Failure {
  override readonly name = "CredentialsError";
}

/**
 * A page token that cannot be followed: it came before, so that the listing would not end, or it breaks the contract.
 */
export class PaginationError extends Failure {
  override readonly name = "PaginationError";
  /** The service's token. It is redacted text when it quotes a secret. */
  readonly token: unknown;

  constructor(message: string, token: unknown, details?: FailureDetails) {
    super(message, details);
    this.token = token;
  }
}
