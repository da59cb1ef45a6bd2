import type { Operation, Validator } from "../../contract/contract.ts";

/** The kind of record that an operation lists. A handler declares it; the import and the stores work for any. */
export interface Resource {
  /** The operation that lists them. */
  readonly operation: Operation;
  /** Checks one record in wire form. */
  readonly validate: Validator;
  /** The member of a record that names the collection it is listed under. */
  readonly collection: string;
  /** The member that names the record within its collection. */
  readonly name: string;
  /** The member that holds its creation time, in epoch seconds. */
  readonly created: string;
  /** The member that holds the time of its last change, in epoch seconds. */
  readonly updated: string;
}
