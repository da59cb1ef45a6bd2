/** What an operation lists. A handler declares it; the import and the stores work for any. */
export interface Resource {
  /** The listing operation, by its key in `contract.operations` and in the compiled validators of items. */
  readonly operation: string;
  /** The member of a record that names the collection it is listed under. */
  readonly collection: string;
  /** The member that names the record within its collection. */
  readonly name: string;
  /** The member that holds its creation time, in epoch seconds. */
  readonly created: string;
  /** The member that holds the time of its last change, in epoch seconds. */
  readonly updated: string;
}
