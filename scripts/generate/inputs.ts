/** The flat input of an operation: path, query and header parameters and the members of a JSON body, side by side. */
import type { Node, Place, SpecDocument } from "./document.ts";
import type { Input } from "./model.ts";
import { members, timestamps, typeOf } from "./schema.ts";

/** Headers that the client sets itself: a parameter of that name would be lost, or break the signature. */
const RESERVED =
  /^(authorization|host|accept|content-type|content-length|x-amz-date|x-amz-security-token|x-amz-content-sha256)$/i;
const SCALAR = new Set(["string", "integer", "number", "boolean"]);

export function inputsOf(doc: SpecDocument, path: string, method: string): Input[] {
  const inputs = new Map<string, Input>();
  const add = (input: Input, place: Place) => {
    const other = inputs.get(input.name);
    if (other)
      doc.fail(place, `${input.name} stands in the ${other.in} and in the ${input.in}: a flat input can hold only one`);
    inputs.set(input.name, input);
  };
  const own = parameterPlaces(doc, ["paths", path, method, "parameters"]);
  const shared = parameterPlaces(doc, ["paths", path, "parameters"]).filter(
    ({ key }) => !own.some((parameter) => parameter.key === key),
  );
  for (const { place } of [...shared, ...own]) add(readParameter(doc, place), place);
  for (const [input, place] of bodyInputs(doc, ["paths", path, method, "requestBody"])) add(input, place);
  checkTemplate(doc, path, [...inputs.values()]);
  const tokens = [...inputs.values()].filter((input) => input.idempotencyToken);
  if (tokens[1]) doc.fail(tokens[1].schema, "a second x-idempotency-token in one operation is not supported");
  return [...inputs.values()];
}

function parameterPlaces(doc: SpecDocument, list: Place): { key: string; place: Place }[] {
  const count = (doc.at(list) as unknown[] | undefined)?.length ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const { node, place } = doc.resolve([...list, String(index)]);
    return { key: `${node.in} ${node.name}`, place };
  });
}

function readParameter(doc: SpecDocument, place: Place): Input {
  const node = doc.at(place) as Node;
  const where = node.in;
  const name = String(node.name);
  if (where !== "path" && where !== "query" && where !== "header")
    doc.fail([...place, "in"], `parameters in ${where} are not supported`);
  if (where === "header" && RESERVED.test(name)) doc.fail([...place, "name"], `${name} is set by the client itself`);
  const style = where === "query" ? "form" : "simple";
  if (node.style !== undefined && node.style !== style)
    doc.fail([...place, "style"], `style ${node.style} is not supported, only ${style}`);
  if (node.explode !== undefined && node.explode !== (where === "query"))
    doc.fail([...place, "explode"], `explode: ${node.explode} is not supported in the ${where}`);
  for (const keyword of ["content", "allowReserved"])
    if (node[keyword]) doc.fail([...place, keyword], `${keyword} is not supported in a parameter`);
  const schema = [...place, "schema"];
  const type = typeOf(doc, schema);
  const list = where === "query" && type === "array";
  if (!SCALAR.has(type) && !(list && SCALAR.has(typeOf(doc, [...doc.resolve(schema).place, "items"]))))
    doc.fail(schema, `a ${where} parameter of type ${type} is not supported`);
  if (timestamps(doc, schema).length > 0) doc.fail(schema, "epoch-seconds is supported in bodies only");
  return {
    name,
    in: where,
    type,
    required: node.required === true,
    description: String(node.description ?? ""),
    schema,
    idempotencyToken: node["x-idempotency-token"] === true,
  };
}

function bodyInputs(doc: SpecDocument, at: Place): [Input, Place][] {
  if (doc.at(at) === undefined) return [];
  const { node: body, place } = doc.resolve(at);
  const content = (body.content ?? {}) as Node;
  const other = Object.keys(content).find((type) => type !== "application/json");
  if (other !== undefined)
    doc.fail([...place, "content", other], "only application/json is supported in a request body");
  const { places, required } = members(doc, [...place, "content", "application/json", "schema"], "a request body");
  if (required.size > 0 && body.required !== true)
    doc.fail(place, "an optional body with required members is not supported: give the body required: true");
  return [...places].map(([name, schema]) => {
    const { node } = doc.resolve(schema);
    const beside = doc.at(schema) as Node;
    const input: Input = {
      name,
      in: "body",
      type: typeOf(doc, schema),
      required: required.has(name),
      description: String(beside.description ?? node.description ?? ""),
      schema,
      idempotencyToken: (beside["x-idempotency-token"] ?? node["x-idempotency-token"]) === true,
    };
    return [input, schema];
  });
}

/** Every `{name}` of the path has its parameter, required as OpenAPI wants it, and the other way round. */
function checkTemplate(doc: SpecDocument, path: string, inputs: readonly Input[]): void {
  const named = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name));
  const declared = inputs.filter((input) => input.in === "path");
  for (const name of named)
    if (!declared.some((input) => input.name === name && input.required))
      doc.fail(["paths", path], `{${name}} has no path parameter with required: true`);
  for (const input of declared)
    if (!named.has(input.name)) doc.fail(input.schema, `the path ${path} has no {${input.name}}`);
}
