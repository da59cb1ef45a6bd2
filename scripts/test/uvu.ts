/** uvu with hooks that print the error that they throw: its own `before` and `after` hide it. */
import * as uvu from "uvu";

export * from "uvu";

type Hook<T> = (context: uvu.Context & T) => Promise<void> | void;

export function suite<T = uvu.Context>(name?: string, context?: T): uvu.Test<T> {
  const test = uvu.suite(name, context);
  for (const kind of ["before", "after"] as const) {
    const add = test[kind];
    test[kind] = Object.assign((hook: Hook<T>) => add(printing(kind, hook)), add);
  }
  return test;
}

function printing<T>(kind: string, hook: Hook<T>): Hook<T> {
  return async (context) => {
    try {
      await hook(context);
    } catch (error) {
      console.error(`\nthe hook "${kind}" threw:`, error);
      throw error;
    }
  };
}
