/**
 * The shape of the `contract` that `npm run generate` writes and `src/` reads. A new operation reaches `src/` only in
 * this shape.
 */
import type { Validator } from "../../generated/validators.ts";
import type { ValuePath } from "../json.ts";

export type { Fault as ValidationFault, Validator } from "../../generated/validators.ts";

/** The facts of an operation that the run time needs. */
export interface Operation {
  /** The operationId, AWS's own name of the operation. */
  readonly id: string;
  /** The members of the flat input. */
  readonly members: readonly string[];
  /** Checks a flat input in wire form. */
  readonly validate: Validator;
  /** Whether a success has a body: a JSON object. */
  readonly hasOutput: boolean;
  /** Members that hold epoch seconds on the wire and a `Date` in the typed methods. */
  readonly timestamps: { readonly input: readonly ValuePath[]; readonly output: readonly ValuePath[] };
  /** Paths in the output at which the document allows null. Elsewhere null means absent. @default none */
  readonly nulls?: readonly ValuePath[];
  /** The document's `x-paginated`, for an operation that gives pages. */
  readonly paginated?: {
    readonly inputToken: string;
    readonly outputToken: ValuePath;
    readonly items: ValuePath;
    readonly pageSize?: { readonly name: string; readonly minimum?: number; readonly maximum?: number };
  };
  /** The input member that the client fills once per call (`x-idempotency-token`), and its place in the request. */
  readonly idempotencyToken?: { readonly name: string; readonly in: string };
  /** Sends a flat input through an openapi-fetch client. */
  // biome-ignore lint/suspicious/noExplicitAny: each operation's own types stand in the generated call
  readonly call: (client: any, input: any, init: any) => Promise<CallResult>;
}

/** The members of an openapi-fetch call's result that are used. */
export interface CallResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** One error that the document names. */
export interface ErrorShape {
  /** The document's `x-retryable`. @default false */
  readonly retryable?: boolean | { readonly throttling: boolean };
  /** Members that hold epoch seconds on the wire and a `Date` in the error's body. @default none */
  readonly timestamps?: readonly ValuePath[];
  /** Paths in the error's body at which the document allows null. @default none */
  readonly nulls?: readonly ValuePath[];
  /** The name of the member that holds the message. @default Message */
  readonly message?: string;
}

/** The service behind the document. */
export interface Service {
  /** `info.x-service-id`, the end of the variable `AWS_ENDPOINT_URL_…`. */
  readonly id: string;
  /** The name in the credential scope (`x-signing-name`). */
  readonly signingName: string;
  /** The first server of the document, with `{region}` where the region goes. */
  readonly url: string;
  /** The advice of `info.x-retired`, for a service whose hosts no longer respond. */
  readonly retired?: string;
}

/** Everything that the generator writes about a document. */
export interface Contract {
  readonly service: Service;
  readonly errors: Readonly<Record<string, ErrorShape>>;
  /** The operations by the name of their method. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Makes the typed openapi-fetch client. No other code imports openapi-fetch. */
  // biome-ignore lint/suspicious/noExplicitAny: openapi-fetch's option types stay in generated/
  readonly connect: (options: any) => any;
  /** The types of the client's methods, errors and `raw`. Never a value. */
  readonly types?: ContractTypes | undefined;
}

/** The type-level half of a contract. */
// biome-ignore lint/suspicious/noExplicitAny: the bound of three type parameters, not a type in use
export type ContractTypes = Readonly<Record<"operations" | "errors" | "raw", any>>;
