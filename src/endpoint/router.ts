import { contract } from "../../generated/index.ts";
import type { Operation } from "../contract.ts";
import { Fault } from "./fault.ts";
import type { Handler } from "./handler.ts";

/** Where a request goes. */
export interface Route {
  readonly operation: Operation;
  readonly handler: Handler;
  /** The parts of the path that the template names, still percent-encoded. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Finds the operation of a method and a raw path, or throws a Fault UnknownOperationException. */
export type Router = (method: string, path: string) => Route;

/**
 * Makes a router of the handlers, by the path templates of the contract.
 *
 * It compares the path as it is on the wire: a dot segment or an empty one is never resolved and fits no template,
 * because the signature covers the normalised path only.
 */
export function router(handlers: readonly Handler[]): Router {
  const operations: Readonly<Record<string, Operation>> = contract.operations;
  const routes = handlers.map((handler) => {
    const operation = operations[handler.operation]!;
    return { handler, operation, template: operation.path.split("/") };
  });
  return (method, path) => {
    const segments = path.split("/");
    for (const { handler, operation, template } of routes) {
      if (operation.method !== method) continue;
      const labels = match(template, segments);
      if (labels !== undefined) return { handler, operation, labels };
    }
    throw new Fault("UnknownOperationException", `No operation answers ${method} ${path}.`);
  };
}

function match(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [at, part] of template.entries()) {
    const segment = segments[at]!;
    if (part.startsWith("{")) {
      if (segment === "" || segment === "." || segment === "..") return undefined;
      labels[part.slice(1, -1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return labels;
}
