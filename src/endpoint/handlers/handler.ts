import type { Operation } from "../../contract/contract.ts";
import type { Store } from "../stores/store.ts";

/** An operation with its route: how it is asked for over HTTP. */
export interface ServedOperation extends Operation {
  readonly method: string;
  /** The path template, for example `/projects/{projectName}/jobs`. */
  readonly path: string;
  /** Every member of the flat input: where it travels, and what type it has there. */
  readonly input: Readonly<
    Record<string, { readonly in: "path" | "query" | "header" | "body"; readonly type: string }>
  >;
}

/** Responds to one operation. */
export interface Handler {
  readonly operation: ServedOperation;
  /** The input member that names the project: a key's permissions are for projects. */
  readonly project: string;
  /**
   * Responds to an input that fits the contract, from a caller who is permitted to ask.
   *
   * @returns the body of the 200, JSON in UTF-8
   * @throws ErrorResponse
   */
  respond(input: object, store: Store): Promise<Buffer>;
}
