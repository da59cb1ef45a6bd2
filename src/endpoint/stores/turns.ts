import type { Store } from "../store.ts";

/** Has a store's writes wait for each other, and its closing for all of them. */
export function inTurns(store: Store): Store {
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  function take<T>(task: () => Promise<T>): Promise<T> {
    const turn = last.then(task);
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    ...store,
    write: (work) => take(() => store.write(work)),
    close() {
      closing ??= take(() => store.close());
      return closing;
    },
  };
}
