/** The part of a document that the page's own sections read. `npm run lint:spec` checks its shape. */
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
  tags?: Tag[];
}

export interface Tag {
  name: string;
  description?: string;
}

export interface Operation {
  operationId: string;
  description?: string;
  tags?: string[];
  parameters?: (Parameter | Reference)[];
  requestBody?: object;
  readonly responses: Record<string, Response | Reference>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
}

export interface Response {
  readonly content?: Record<
    string,
    { schema: Reference & { anyOf?: Reference[] }; examples: Record<string, Reference> }
  >;
}

export interface Reference {
  readonly $ref: string;
}

/** Every operation with its method and path. */
export function operationsOf({ paths }: OpenApi): { method: string; path: string; operation: Operation }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
}

/** Follows a reference to its component; gives anything else as it is. */
export function follow<T>(spec: OpenApi, node: T | Reference): T {
  if (!(node as Reference).$ref) return node as T;
  const [, kind = "", name = ""] = (node as Reference).$ref.slice(2).split("/");
  return follow(spec, spec.components[kind]?.[name] as T | Reference);
}
