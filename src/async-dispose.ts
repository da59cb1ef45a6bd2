/** Support of `await using`, for runtimes and TypeScript settings that have it. */

/** A type with a `Symbol.asyncDispose` method when the program's `lib` declares that symbol, else without one. */
export type AsyncDispose = SymbolConstructor extends { readonly asyncDispose: infer Key extends symbol }
  ? { readonly [Name in Key]: () => Promise<void> }
  : unknown;

/** Gives an object the method by which `await using` closes it. */
export function disposable<T extends { close(): Promise<void> }>(closable: T): T & AsyncDispose {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose) Object.defineProperty(closable, asyncDispose, { value: () => closable.close() });
  return closable as T & AsyncDispose;
}
