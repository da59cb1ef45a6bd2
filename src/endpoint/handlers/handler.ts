import type { Operation } from "../../contract/contract.ts";
import type { Store } from "../stores/store.ts";

/** An operation as an endpoint knows it: how it is asked for, too. */
export interface ServedOperation extends Operation {
  readonly method: string;
  /** The path template, for example `/projects/{projectName}/jobs`. */
  readonly path: string;
  /** Every member of the flat input: where it travels, and what type it has there. */
  readonly input: Readonly<
    Record<string, { readonly in: "path" | "query" | "header" | "body"; readonly type: string }>
  >;
}

/** What answers one operation. */
export interface Handler {
  readonly operation: ServedOperation;
  /** The input member that names the project, which a key's permissions are about. */
  readonly project: string;
  /**
   * Answers an input that fits the contract and may be asked by this caller.
   *
   * @returns the body of the 200, JSON in UTF-8
   * @throws Fault
   */
  answer(input: object, store: Store): Promise<Buffer>;
}
