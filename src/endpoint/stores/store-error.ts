/** A store cannot be used: its engine is not installed, it cannot be opened, or it is not one of ours. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** What went wrong while a store was opened. */
export function openingError(place: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const reason = cause instanceof Error ? cause.message || ("code" in cause && cause.code) : cause;
  return new StoreError(`Cannot open the store ${place}: ${reason}.`, { cause });
}
