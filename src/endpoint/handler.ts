import type { Store } from "./store.ts";

/** What answers one operation. */
export interface Handler {
  /** The operation, by its key in `contract.operations`. */
  readonly operation: string;
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
