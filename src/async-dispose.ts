/** `await using`, where the runtime and the reader's TypeScript know it. */

/** Has a `Symbol.asyncDispose` method where the reader's `lib` declares that symbol, and demands no `lib` that does. */
export type AsyncDispose = SymbolConstructor extends { readonly asyncDispose: infer Key extends symbol }
  ? { readonly [Name in Key]: () => Promise<void> }
  : unknown;

/** Makes `await using` close an object. */
export function disposable<T extends { close(): Promise<void> }>(closable: T): T & AsyncDispose {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose) Object.defineProperty(closable, asyncDispose, { value: () => closable.close() });
  return closable as T & AsyncDispose;
}
