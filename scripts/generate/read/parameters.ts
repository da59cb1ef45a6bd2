/** Reads path, query and header parameters, and refuses those that a flat input cannot hold. */
import { isObject, type Place, type SpecDocument } from "../document.ts";
import type { Input } from "../model.ts";
import { descriptionOf, idempotencyTokenOf, typeOf } from "./schema.ts";
import { checkName } from "./structure.ts";
import { timestamps } from "./timestamps.ts";

/** Matches headers of the client or the connection: a parameter with such a name would be lost. */
const RESERVED =
  /^(accept|authorization|connection|content-length|content-type|cookie|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|user-agent|amz-sdk-.*|x-amz-(content-sha256|date|security-token))$/i;

/** Match the names that need no encoding in a URL or header: openapi-fetch does not encode names. */
const NAMES = {
  path: /^[^{}/?#]+$/,
  query: /^[\w.~:@$[\]-]+$/,
  header: /^[\w!#$%&'*+.^`|~-]+$/,
};
const SCALAR = new Set(["string", "integer", "number", "boolean"]);

/**
 * The parameters of an operation: those of its path, then its own, which replace a path's parameter of the same name.
 */
export function parametersOf(doc: SpecDocument, path: string, method: string): { input: Input; place: Place }[] {
  const own = parameterPlaces(doc, ["paths", path, method, "parameters"]);
  const shared = parameterPlaces(doc, ["paths", path, "parameters"]).filter(
    ({ key }) => !own.some((parameter) => parameter.key === key),
  );
  return [...shared, ...own].map(({ place }) => ({ input: readParameter(doc, place), place }));
}

function parameterPlaces(doc: SpecDocument, list: Place): { key: string; place: Place }[] {
  const parameters = doc.at(list) ?? [];
  if (!Array.isArray(parameters)) doc.fail(list, "a list of parameters is needed here");
  return parameters.map((_, index) => {
    const { node, place } = doc.resolve([...list, String(index)], "a parameter");
    return { key: `${node.in} ${node.name}`, place };
  });
}

function readParameter(doc: SpecDocument, place: Place): Input {
  const node = doc.object(place);
  const { in: where, name } = node;
  if (where !== "path" && where !== "query" && where !== "header")
    doc.fail([...place, "in"], `parameters in ${where} are not supported: use path, query or header`);
  if (typeof name !== "string" || !NAMES[where].test(name))
    doc.fail([...place, "name"], `${JSON.stringify(name)} cannot be sent as the name of a ${where} parameter`);
  checkName(doc, [...place, "name"], name);
  if (where === "header" && RESERVED.test(name))
    doc.fail([...place, "name"], `${name} is set by the client itself: leave the parameter out`);
  checkSerialization(doc, place, where);
  const schema = [...place, "schema"];
  return {
    name,
    in: where,
    type: checkType(doc, schema, where),
    required: node.required === true,
    deprecated: node.deprecated === true,
    description: String(node.description ?? descriptionOf(doc, schema)),
    schema,
    idempotencyToken: idempotencyTokenOf(doc, [place, schema]),
  };
}

/** Refuses serializations other than OpenAPI's default, the only one that openapi-fetch writes. */
function checkSerialization(doc: SpecDocument, place: Place, where: "path" | "query" | "header"): void {
  const { style, explode, ...node } = doc.object(place);
  const usual = where === "query" ? "form" : "simple";
  if (style !== undefined && style !== usual)
    doc.fail([...place, "style"], `style: ${style} is not supported in the ${where}: only ${usual}`);
  if (explode !== undefined && explode !== (where === "query"))
    doc.fail([...place, "explode"], `explode: ${explode} is not supported in the ${where}: leave it out`);
  for (const keyword of ["content", "allowReserved"])
    if (node[keyword]) doc.fail([...place, keyword], `${keyword} is not supported in a parameter: use schema alone`);
}

function checkType(doc: SpecDocument, schema: Place, where: Input["in"]): string {
  const { node, place } = doc.resolve(schema, "the schema of the parameter");
  const type = typeOf(doc, place);
  const scalars =
    where === "query" ? "string, integer, number, boolean or a list of one" : "string, integer, number or boolean";
  const items = [...place, "items"];
  const list = where === "query" && type === "array" && isObject(doc.at(items));
  for (const at of list ? [place, items] : [place]) {
    const types = doc.resolve(at).node.type;
    if (Array.isArray(types) && types.includes("null"))
      doc.fail(at, "null cannot be sent in a parameter: leave it out of the type");
  }
  if (!SCALAR.has(type) && !(list && SCALAR.has(typeOf(doc, items))))
    doc.fail(schema, `a ${where} parameter must be of type ${scalars}, not ${JSON.stringify(node.type ?? "unknown")}`);
  if (timestamps(doc, schema).length > 0) doc.fail(schema, "epoch-seconds is supported in JSON bodies only");
  return type;
}
