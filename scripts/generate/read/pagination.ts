/** Reads `x-paginated`, and checks the members that it names. */
import { isObject, type Place, type SpecDocument } from "../document.ts";
import type { Input, OperationModel, Pagination } from "../model.ts";
import { schemasIn } from "./dialect.ts";
import { members, typeOf } from "./schema.ts";

const MEMBERS = ["inputToken", "outputToken", "items", "pageSize"];
const TOKEN = new Set(["string", "integer", "number"]);

export function readPagination(doc: SpecDocument, place: Place, operation: OperationModel): Pagination {
  const node = doc.object(place, "{ inputToken, outputToken, items, pageSize }");
  for (const key of Object.keys(node))
    if (!MEMBERS.includes(key)) doc.fail([...place, key], `is none of ${MEMBERS.join(", ")}: rename it`);
  const output =
    operation.output ?? doc.fail(place, "an operation without a response body cannot be paginated: give it one");
  const nameAt = (key: string): string => {
    const value = node[key] ?? doc.fail(place, `${key} is missing: it names where in the operation it is`);
    return typeof value === "string" ? value : doc.fail([...place, key], "must be a name");
  };
  const input = (key: string): Input =>
    operation.inputs.find(({ name }) => name === nameAt(key)) ??
    doc.fail([...place, key], `${nameAt(key)} is neither a parameter nor a member of the request body: name one`);
  const member = (key: string): { path: string[]; place: Place } => {
    const path = nameAt(key).split(".");
    let schema: Place = output.schema;
    for (const name of path)
      schema =
        members(doc, schema, "a body with pagination members").places.get(name) ??
        doc.fail([...place, key], `${nameAt(key)} is not a member of the ${output.status} body: name one`);
    return { path, place: schema };
  };

  const items = member("items");
  const { node: list, place: listPlace } = doc.resolve(items.place);
  if (typeOf(doc, listPlace) !== "array" || !isObject(list.items))
    doc.fail([...place, "items"], `${nameAt("items")} must be an array whose schema says what its items are`);
  const inputToken = input("inputToken");
  const outputToken = member("outputToken");
  const type = typeOf(doc, outputToken.place);
  if (!TOKEN.has(type) || type !== inputToken.type)
    doc.fail(
      [...place, "outputToken"],
      `is of type ${type} and ${inputToken.name} of ${inputToken.type}: both must be one of ${[...TOKEN].join(", ")}`,
    );
  return {
    inputToken: inputToken.name,
    outputToken: outputToken.path,
    items: items.path,
    ...(node.pageSize !== undefined && { pageSize: readPageSize(doc, [...place, "pageSize"], input("pageSize")) }),
    itemSchema: [...listPlace, "items"],
    itemMembers: memberNames(doc, [...listPlace, "items"]),
  };
}

/** The names of an object's members, including those of its `allOf`. */
function memberNames(doc: SpecDocument, at: Place): string[] {
  const { place } = doc.resolve(at);
  const own = schemasIn(doc, place, "properties").map((member) => member.at(-1) as string);
  const inherited = schemasIn(doc, place, "allOf").flatMap((part) => memberNames(doc, part));
  return [...new Set([...inherited, ...own])];
}

function readPageSize(doc: SpecDocument, place: Place, input: Input): NonNullable<Pagination["pageSize"]> {
  if (input.type !== "integer") doc.fail(place, `${input.name} must be of type integer`);
  const { node, place: schema } = doc.resolve(input.schema);
  for (const keyword of ["exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum", "const"])
    if (keyword in node)
      doc.fail([...schema, keyword], `${keyword} is not supported for a page size: use minimum, maximum`);
  const { minimum, maximum } = node;
  return {
    name: input.name,
    ...(typeof minimum === "number" && minimum > 1 && { minimum }),
    ...(typeof maximum === "number" && { maximum }),
  };
}
