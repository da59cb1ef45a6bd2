/** The model of a document: `read/` makes it, and `emit/` writes files from it. Types only. */
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
  /** The name of the method: the operationId in lower camel case. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly deprecated: boolean;
  readonly description: string;
  readonly inputs: readonly Input[];
  /** The status of the success and the schema of its body; undefined when it has no body. */
  readonly output: { readonly status: string; readonly schema: Place } | undefined;
  readonly timestamps: { readonly input: string[][]; readonly output: string[][] };
  /** The paths in the body of the success at which the document allows null. */
  readonly nulls: string[][];
  readonly paginated?: Pagination;
}

/** `x-paginated`. The members that it names exist. */
export interface Pagination {
  readonly inputToken: string;
  readonly outputToken: string[];
  readonly items: string[];
  readonly pageSize?: { name: string; minimum?: number; maximum?: number };
  /** The schema of an item. */
  readonly itemSchema: Place;
  /** The members of an item, in the document's order; none when it is no object. */
  readonly itemMembers: string[];
}

export interface ErrorModel {
  readonly name: string;
  readonly status: number[];
  readonly retryable: boolean | { throttling: boolean };
  readonly timestamps: string[][];
  /** The paths in the error's body at which the document allows null. */
  readonly nulls: string[][];
  /** The name of the member that holds the message. */
  readonly message: "Message" | "message";
}

export interface Model {
  readonly service: { id: string; signingName: string; url: string; retired?: string };
  readonly operations: OperationModel[];
  readonly errors: ErrorModel[];
}
