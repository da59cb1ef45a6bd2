import type { Operation } from "../contract.ts";
import type { Store } from "./store.ts";

/** What answers one operation. */
export interface Handler {
  readonly operation: Operation;
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
