/** Reads a document into what the emitters need, and refuses what could not become right code. */
import { isObject, type Node, type Place, type SpecDocument } from "./document.ts";
import { inputsOf } from "./inputs.ts";
import { members, timestamps, typeOf } from "./schema.ts";

/** One member of an operation's flat input. */
export interface Input {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "body";
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  readonly schema: Place;
  readonly idempotencyToken: boolean;
}

/** One operation of the document. */
export interface OperationModel {
  readonly id: string;
  /** The name of its method: the operationId in lower camel case. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly description: string;
  readonly inputs: readonly Input[];
  /** Where the schema of the body of the 2xx answer stands, when it has one. */
  readonly output?: { readonly status: string; readonly schema: Place };
  readonly timestamps: { readonly input: string[][]; readonly output: string[][] };
  readonly paginated?: Pagination;
}

/** `x-paginated`, checked against the members that it names. */
export interface Pagination {
  readonly inputToken: string;
  readonly outputToken: string[];
  readonly items: string[];
  readonly pageSize?: { name: string; maximum?: number };
  /** Where the schema of one item stands. */
  readonly itemSchema: Place;
}

export interface ErrorModel {
  readonly name: string;
  readonly status: number[];
  readonly retryable: boolean | { throttling: boolean };
}

export interface Model {
  readonly service: { id: string; title: string; signingName: string; url: string; retired?: unknown };
  readonly operations: OperationModel[];
  readonly errors: ErrorModel[];
}

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];
const SUPPORTED = new Set(["get", "put", "post", "delete", "patch"]);
/** Names on a client that a method would hide; a client with `then` would be taken for a promise. */
const TAKEN = new Set(["raw", "close", "then", "constructor"]);

export function readModel(doc: SpecDocument): Model {
  const scheme = sigv4Scheme(doc);
  const errors = new Map<string, ErrorModel>();
  const operations: OperationModel[] = [];
  for (const path of Object.keys(isObject(doc.root.paths) ? doc.root.paths : {})) {
    const item = doc.at(["paths", path]) as Node;
    if (item.$ref !== undefined) doc.fail(["paths", path, "$ref"], "a path item that is a reference is not supported");
    for (const method of METHODS.filter((name) => name in item)) {
      const place = ["paths", path, method];
      if (!SUPPORTED.has(method)) doc.fail(place, `${method.toUpperCase()} is not supported`);
      checkSecurity(doc, place, scheme.name);
      const operation = readOperation(doc, path, method);
      const twin = operations.find((other) => other.name === operation.name);
      if (twin) doc.fail([...place, "operationId"], `gives the method name ${twin.name}, as ${twin.id} does`);
      operations.push(operation);
      readErrors(doc, [...place, "responses"], errors);
    }
  }
  if (operations.length === 0) doc.fail(["paths"], "the document has no operation");
  operations.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    service: readService(doc, scheme.signingName),
    operations,
    errors: [...errors.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function readOperation(doc: SpecDocument, path: string, method: string): OperationModel {
  const place = ["paths", path, method];
  const node = doc.at(place) as Node;
  const id = String(node.operationId ?? "");
  if (!/^[A-Z][A-Za-z0-9]*$/.test(id))
    doc.fail([...place, "operationId"], "an operationId in AWS's form is needed, for example ListThings");
  const name = `${id[0]?.toLowerCase()}${id.slice(1)}`;
  if (TAKEN.has(name)) doc.fail([...place, "operationId"], `a client has a member named ${name} already`);
  const inputs = inputsOf(doc, path, method);
  const output = readOutput(doc, [...place, "responses"]);
  const operation = {
    id,
    name,
    method: method.toUpperCase(),
    path,
    description: String(node.description ?? node.summary ?? id),
    inputs,
    timestamps: {
      input: inputs
        .filter((input) => input.in === "body")
        .flatMap((input) => timestamps(doc, input.schema, [input.name])),
      output: output ? timestamps(doc, output.schema) : [],
    },
    ...(output && { output }),
  };
  if (node["x-paginated"] === undefined) return operation;
  return { ...operation, paginated: readPagination(doc, [...place, "x-paginated"], operation) };
}

/** The one success of an operation: a JSON object, or nothing. */
function readOutput(doc: SpecDocument, responses: Place): OperationModel["output"] {
  const statuses = Object.keys(doc.resolve(responses).node).filter((status) => /^2/.test(status));
  const [status, second] = statuses;
  if (status === undefined) doc.fail(responses, "an operation needs one 2xx response");
  if (second !== undefined) doc.fail([...responses, second], "a second 2xx response is not supported");
  const schema = jsonSchema(doc, [...responses, status]);
  if (!schema) return undefined;
  if ("requestId" in Object.fromEntries(members(doc, schema, "the body of a 2xx response").places))
    doc.fail(schema, "a member named requestId is not supported: the client adds one of that name");
  return { status, schema };
}

/** Where the JSON schema of a response stands; undefined when it has no body. */
function jsonSchema(doc: SpecDocument, at: Place): Place | undefined {
  const { node, place } = doc.resolve(at);
  const types = Object.keys(isObject(node.content) ? node.content : {});
  const [type, second] = types;
  if (type === undefined) return undefined;
  if (type !== "application/json" || second !== undefined)
    doc.fail([...place, "content", second ?? type], "only application/json is supported");
  return [...place, "content", type, "schema"];
}

function readErrors(doc: SpecDocument, responses: Place, errors: Map<string, ErrorModel>): void {
  for (const status of Object.keys(doc.resolve(responses).node).filter((key) => !/^2/.test(key))) {
    const schema = jsonSchema(doc, [...responses, status]);
    if (!schema) continue;
    const node = doc.at(schema) as Node;
    const choices = ["anyOf", "oneOf"].find((keyword) => Array.isArray(node[keyword]));
    const places = choices
      ? (node[choices] as unknown[]).map((_, index) => [...schema, choices, String(index)])
      : [schema];
    for (const place of places) {
      const ref = (doc.at(place) as Node).$ref;
      if (typeof ref !== "string")
        doc.fail(
          place,
          "an error's schema must be a reference into components/schemas, whose name is the error's name",
        );
      const target = doc.resolve(place);
      const name = doc.target(ref, place).at(-1) as string;
      members(doc, target.place, "an error");
      const retryable = (target.node["x-retryable"] ?? false) as ErrorModel["retryable"];
      if (typeof retryable !== "boolean" && typeof retryable.throttling !== "boolean")
        doc.fail([...target.place, "x-retryable"], "must be true, false or { throttling: true }");
      const known = errors.get(name) ?? { name, status: [], retryable };
      errors.set(name, known);
      if (/^\d{3}$/.test(status) && !known.status.includes(Number(status))) known.status.push(Number(status));
    }
  }
}

function readPagination(doc: SpecDocument, place: Place, operation: OperationModel): Pagination {
  const node = doc.at(place) as Node;
  const output = operation.output ?? doc.fail(place, "an operation without a response body cannot be paginated");
  const input = (key: string): Input =>
    operation.inputs.find((one) => one.name === node[key]) ??
    doc.fail([...place, key], `${JSON.stringify(node[key])} is neither a parameter nor a member of the body`);
  const member = (key: string): { path: string[]; place: Place } => {
    const path = String(node[key] ?? "").split(".");
    let at: Place = output.schema;
    for (const name of path)
      at =
        members(doc, at, "a body with pagination members").places.get(name) ??
        doc.fail([...place, key], `${JSON.stringify(node[key])} is not a member of the ${output.status} body`);
    return { path, place: at };
  };
  const items = member("items");
  if (typeOf(doc, items.place) !== "array") doc.fail([...place, "items"], "must name a member of type array");
  const pageSize = node.pageSize === undefined ? undefined : input("pageSize");
  if (pageSize && pageSize.type !== "integer") doc.fail([...place, "pageSize"], "must name an integer");
  const maximum = pageSize && doc.resolve(pageSize.schema).node.maximum;
  return {
    inputToken: input("inputToken").name,
    outputToken: member("outputToken").path,
    items: items.path,
    ...(pageSize && { pageSize: { name: pageSize.name, ...(typeof maximum === "number" && { maximum }) } }),
    itemSchema: [...doc.resolve(items.place).place, "items"],
  };
}

function readService(doc: SpecDocument, signingName: string): Model["service"] {
  const info = doc.resolve(["info"]).node;
  const id = info["x-service-id"];
  if (typeof id !== "string") doc.fail(["info"], "x-service-id is needed: the name that AWS_ENDPOINT_URL_… ends with");
  const server = doc.resolve(["servers", "0"]).node;
  const url = String(server.url).replace(/\{(?!region\})([^}]+)\}/g, (_, name: string) => {
    const value = doc.at(["servers", "0", "variables", name, "default"]);
    return typeof value === "string" ? value : doc.fail(["servers", "0", "url"], `the variable ${name} has no default`);
  });
  const retired = info["x-retired"];
  return { id, title: String(info.title), signingName, url, ...(retired !== undefined && { retired }) };
}

function sigv4Scheme(doc: SpecDocument): { name: string; signingName: string } {
  const schemes = (doc.at(["components", "securitySchemes"]) ?? {}) as Node;
  const signed = Object.keys(schemes).filter(
    (name) => (schemes[name] as Node)["x-amazon-apigateway-authtype"] === "awsSigv4",
  );
  const [name, second] = signed;
  if (name === undefined)
    doc.fail(["components"], "a security scheme with x-amazon-apigateway-authtype: awsSigv4 is needed");
  const place = ["components", "securitySchemes", name];
  if (second !== undefined)
    doc.fail(["components", "securitySchemes", second], "a second awsSigv4 scheme is not supported");
  const signingName = (doc.at(place) as Node)["x-signing-name"];
  if (typeof signingName !== "string") doc.fail(place, "x-signing-name is needed: the service in the credential scope");
  return { name, signingName };
}

function checkSecurity(doc: SpecDocument, place: Place, scheme: string): void {
  const own = (doc.at(place) as Node).security;
  const used = own ?? doc.root.security;
  const at = own === undefined ? ["security"] : [...place, "security"];
  if (!Array.isArray(used) || !used.some((option) => isObject(option) && Object.keys(option).join() === scheme))
    doc.fail(at, `every operation is signed: security must offer ${scheme} by itself`);
}
