/** Reads a document into the model, and refuses constructs that cannot become correct code. */
import type { Place, SpecDocument } from "../document.ts";
import type { ErrorModel, Model, OperationModel } from "../model.ts";
import { checkSchemas } from "./dialect.ts";
import { inputsOf } from "./inputs.ts";
import { nulls } from "./nulls.ts";
import { readPagination } from "./pagination.ts";
import { readErrors, readOutput } from "./responses.ts";
import { checkSecurity, readService, sigv4Scheme } from "./service.ts";
import { checkStructure } from "./structure.ts";
import { timestamps } from "./timestamps.ts";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];
const SUPPORTED = new Set(["get", "put", "post", "delete", "patch"]);
/** Names that no method can have: a client has such a member, or would be taken for a promise (`then`). */
const TAKEN = new Set(["raw", "close", "then", "toJSON"]);

export async function readModel(doc: SpecDocument): Promise<Model> {
  await checkStructure(doc);
  checkSchemas(doc);
  const scheme = sigv4Scheme(doc);
  const errors = new Map<string, ErrorModel>();
  const operations: OperationModel[] = [];
  for (const path of doc.names(["paths"]).filter((name) => name.startsWith("/"))) {
    const item = ["paths", path];
    if (doc.at([...item, "$ref"]) !== undefined)
      doc.fail([...item, "$ref"], "a path that is a reference is not supported: write its operations here");
    checkNoServers(doc, item);
    for (const method of METHODS.filter((name) => doc.at([...item, name]) !== undefined)) {
      const place = [...item, method];
      checkSecurity(doc, place, scheme.name);
      const operation = readOperation(doc, path, method);
      const twin = operations.find((other) => other.name === operation.name);
      if (twin)
        doc.fail([...place, "operationId"], `gives the method name ${twin.name}, as ${twin.id} does: rename one`);
      operations.push(operation);
      readErrors(doc, [...place, "responses"], errors);
    }
  }
  if (operations.length === 0) doc.fail(["paths"], "the document has no operation: add one");
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  return {
    service: readService(doc, scheme.signingName),
    operations: operations.sort(byName),
    errors: [...errors.values()].sort(byName),
  };
}

/** Refuses servers of a path or an operation: a client has one host. */
function checkNoServers(doc: SpecDocument, place: Place): void {
  const servers = [...place, "servers"];
  if (doc.at(servers) !== undefined)
    doc.fail(servers, "servers are supported for the whole document only: move it to a document of its own");
}

function readOperation(doc: SpecDocument, path: string, method: string): OperationModel {
  const place = ["paths", path, method];
  if (!SUPPORTED.has(method)) doc.fail(place, `${method.toUpperCase()} is not supported: remove the operation`);
  const node = doc.object(place);
  const id = String(node.operationId ?? "");
  if (!/^[A-Z][A-Za-z0-9]*$/.test(id))
    doc.fail([...place, "operationId"], "an operationId in AWS's form is needed, for example ListThings");
  const name = `${id[0]?.toLowerCase()}${id.slice(1)}`;
  if (TAKEN.has(name) || name in Object.prototype)
    doc.fail([...place, "operationId"], `a client has a member named ${name} already: rename the operation`);
  checkNoServers(doc, place);
  const inputs = inputsOf(doc, path, method);
  const output = readOutput(doc, [...place, "responses"]);
  const operation = {
    id,
    name,
    method: method.toUpperCase(),
    path,
    deprecated: node.deprecated === true,
    description: String(node.description ?? node.summary ?? id),
    inputs,
    output,
    timestamps: {
      input: inputs
        .filter((input) => input.in === "body")
        .flatMap((input) => timestamps(doc, input.schema, [input.name])),
      output: output ? timestamps(doc, output.schema) : [],
    },
    nulls: output ? nulls(doc, output.schema) : [],
  };
  if (node["x-paginated"] === undefined) return operation;
  return { ...operation, paginated: readPagination(doc, [...place, "x-paginated"], operation) };
}
