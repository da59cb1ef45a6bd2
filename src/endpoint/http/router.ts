import type { Handler } from "../handlers/handler.ts";

/** The handler of a request, and the parts of its path that the template names, still percent-encoded. */
type Route = { readonly handler: Handler; readonly labels: Readonly<Record<string, string>> };

/** A label in a path template; its name may be no identifier, such as `job-name`. */
const LABEL = /\{([^{}]+)\}/;

/** A label on the wire: not empty, and not a dot segment. */
const SEGMENT = "((?!\\.{1,2}(?:/|$))[^/]+)";

/**
 * Makes a router of the handlers, by the path templates of their operations: it finds the route of a method and a raw
 * path, or undefined.
 *
 * It compares the path as it is on the wire: a dot segment or an empty one is never resolved and fits no template,
 * because the signature covers the normalised path only.
 */
export function router(handlers: readonly Handler[]): (method: string, path: string) => Route | undefined {
  const routes = handlers.map((handler) => {
    // Text and the names of labels in turn.
    const parts = handler.operation.path.split(LABEL);
    const patterns = parts.map((text, at) => (at % 2 ? SEGMENT : text.replace(/[.*+?^$()|[\]\\]/g, "\\$&")));
    return { handler, names: parts.filter((_, at) => at % 2), pattern: new RegExp(`^${patterns.join("")}$`) };
  });
  return (method, path) => {
    for (const { handler, names, pattern } of routes) {
      const match = handler.operation.method === method ? pattern.exec(path) : null;
      if (match !== null)
        return { handler, labels: Object.fromEntries(names.map((name, at) => [name, match[at + 1]!])) };
    }
    return undefined;
  };
}
