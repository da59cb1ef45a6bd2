import { contract } from "../../generated/index.ts";
import { routes as generated } from "../../generated/routes.ts";
import type { Operation } from "../contract.ts";
import { Fault } from "./fault.ts";
import type { Handler } from "./handler.ts";

/** An operation as an endpoint knows it: how it is asked for, too. */
export interface ServedOperation extends Operation {
  readonly method: string;
  /** The path template, for example `/projects/{projectName}/jobs`. */
  readonly path: string;
  /** Every member of the flat input: where it travels, and what type it has there. */
  readonly input: Readonly<
    Record<string, { readonly in: "path" | "query" | "header" | "body"; readonly type: string }>
  >;
}

/** Where a request goes. */
export interface Route {
  readonly operation: ServedOperation;
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
  const routes = handlers.map((handler) => {
    const name = handler.operation as keyof typeof generated;
    const operation: ServedOperation = { ...contract.operations[name], ...generated[name] };
    const names = [...operation.path.matchAll(LABEL)].map(([, name]) => name!);
    return { handler, operation, names, pattern: patternOf(operation.path) };
  });
  return (method, path) => {
    for (const { handler, operation, names, pattern } of routes) {
      const match = operation.method === method ? pattern.exec(path) : null;
      if (match === null) continue;
      return { handler, operation, labels: Object.fromEntries(names.map((name, at) => [name, match[at + 1]!])) };
    }
    throw new Fault("UnknownOperationException", `No operation answers ${method} ${path}.`);
  };
}

/** A label in a path template; its name may be no identifier, such as `job-name`. */
const LABEL = /\{([^{}]+)\}/g;

/** The paths of a template, with a group for each label, which is neither empty nor a dot segment. */
function patternOf(template: string): RegExp {
  const literals = template.replace(LABEL, "{}").split("{}");
  const escaped = literals.map((text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join("((?!\\.{1,2}(?:/|$))[^/]+)")}$`);
}
