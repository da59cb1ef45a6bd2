/** A store cannot be used: its engine is not installed, it cannot be opened, or it is not one of ours. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}
