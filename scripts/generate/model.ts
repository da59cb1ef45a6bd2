/** The model of a document: the readers make it, and the emitters write files from it. Types only. */
import type { Place } from "./document.ts";

/** One member of an operation's flat input. */
export interface Input {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "body";
  readonly type: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string;
  readonly schema: Place;
  readonly idempotencyToken: boolean;
}

/** One operation of the document. */
export interface OperationModel {
  readonly id: string;
  /** The name of its method: the operationId in lower camel case. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly deprecated: boolean;
  readonly description: string;
  readonly inputs: readonly Input[];
  /** Where the schema of the body of the 2xx answer stands, when it has one. */
  readonly output: { readonly status: string; readonly schema: Place } | undefined;
  readonly timestamps: { readonly input: string[][]; readonly output: string[][] };
  /** Where null may stand in the body of the 2xx answer. */
  readonly nulls: string[][];
  readonly paginated?: Pagination;
}

/** `x-paginated`, checked against the members that it names. */
export interface Pagination {
  readonly inputToken: string;
  readonly outputToken: string[];
  readonly items: string[];
  readonly pageSize?: { name: string; minimum?: number; maximum?: number };
  /** Where the schema of one item stands. */
  readonly itemSchema: Place;
  /** The members of an item, in the document's order; none when it is no object. */
  readonly itemMembers: string[];
}

export interface ErrorModel {
  readonly name: string;
  readonly status: number[];
  readonly retryable: boolean | { throttling: boolean };
  readonly timestamps: string[][];
  /** Where null may stand in it. */
  readonly nulls: string[][];
  /** How the document spells the member that holds the message. */
  readonly message: "Message" | "message";
}

export interface Model {
  readonly service: { id: string; signingName: string; url: string; retired?: string };
  readonly operations: OperationModel[];
  readonly errors: ErrorModel[];
}
