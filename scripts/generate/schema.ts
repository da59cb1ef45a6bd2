/** What the generator wants to know of a JSON Schema: members, types, timestamps, rules in words. */
import { isObject, type Node, type Place, type SpecDocument } from "./document.ts";

/** The members of an object schema by name, each with the place of its schema. */
export function members(
  doc: SpecDocument,
  at: Place,
  what: string,
): { required: Set<string>; places: Map<string, Place> } {
  const { node, place } = doc.resolve(at);
  for (const keyword of ["allOf", "anyOf", "oneOf", "not", "if", "$dynamicRef"])
    if (keyword in node) doc.fail([...place, keyword], `${keyword} is not supported in ${what}: list its properties`);
  if (node.type !== "object" || !isObject(node.properties ?? {}))
    doc.fail(place, `${what} must be of type object with its properties listed`);
  const names = Object.keys((node.properties as Node | undefined) ?? {});
  const required = new Set(Array.isArray(node.required) ? node.required.map(String) : []);
  return { required, places: new Map(names.map((name) => [name, [...place, "properties", name]])) };
}

/** The JSON type of a schema, `null` beside another type left out. */
export function typeOf(doc: SpecDocument, at: Place): string {
  const { node } = doc.resolve(at);
  const types = (Array.isArray(node.type) ? node.type : [node.type]).filter((type) => type !== "null");
  return types.length === 1 ? String(types[0]) : "unknown";
}

/** The places inside a value where the schema has epoch seconds; `*` is every element or every map value. */
export function timestamps(
  doc: SpecDocument,
  at: Place,
  within: readonly string[] = [],
  open: readonly Place[] = [],
): string[][] {
  const { node, place } = doc.resolve(at);
  if (open.some((other) => samePlace(other, place))) {
    if (mentionsTimestamp(doc, place)) doc.fail(place, "epoch-seconds inside a recursive schema is not supported");
    return [];
  }
  if (node.format === "epoch-seconds") {
    if (node.type !== "number" && node.type !== "integer") doc.fail(place, "format epoch-seconds needs type: number");
    return [[...within]];
  }
  const inside = [...open, place];
  const found: string[][] = [];
  for (const name of Object.keys(isObject(node.properties) ? node.properties : {})) {
    const below = timestamps(doc, [...place, "properties", name], [...within, name], inside);
    if (below.length > 0 && name === "*") doc.fail([...place, "properties", name], "a member named * is not supported");
    found.push(...below);
  }
  for (const keyword of ["items", "additionalProperties"])
    if (isObject(node[keyword])) found.push(...timestamps(doc, [...place, keyword], [...within, "*"], inside));
  if (Array.isArray(node.allOf))
    for (const index of node.allOf.keys())
      found.push(...timestamps(doc, [...place, "allOf", String(index)], within, inside));
  for (const keyword of ["anyOf", "oneOf", "prefixItems", "patternProperties", "if", "then", "else"])
    if (keyword in node && mentionsTimestamp(doc, [...place, keyword]))
      doc.fail([...place, keyword], `epoch-seconds under ${keyword} is not supported`);
  return found;
}

/** Whether a schema reaches a timestamp in any way, references followed. */
function mentionsTimestamp(doc: SpecDocument, place: Place, seen = new Set<string>()): boolean {
  const key = place.join("/");
  if (seen.has(key)) return false;
  seen.add(key);
  const node = doc.at(place);
  if (Array.isArray(node)) return node.some((_, index) => mentionsTimestamp(doc, [...place, String(index)], seen));
  if (!isObject(node)) return false;
  if (node.format === "epoch-seconds") return true;
  if (typeof node.$ref === "string" && mentionsTimestamp(doc, doc.target(node.$ref, place), seen)) return true;
  return Object.keys(node).some((member) => mentionsTimestamp(doc, [...place, member], seen));
}

/** The rules of a schema in words, for the JSDoc of a member: `Integer from 1 to 100, default 100.` */
export function rules(doc: SpecDocument, at: Place): string {
  const { node } = doc.resolve(at);
  const said: string[] = [];
  if (node.minimum !== undefined && node.maximum !== undefined) said.push(`from ${node.minimum} to ${node.maximum}`);
  else if (node.minimum !== undefined) said.push(`at least ${node.minimum}`);
  else if (node.maximum !== undefined) said.push(`at most ${node.maximum}`);
  if (node.maxLength !== undefined) said.push(`${node.minLength ?? 0} to ${node.maxLength} characters`);
  else if (node.minLength !== undefined) said.push(`at least ${node.minLength} characters`);
  if (node.pattern !== undefined) said.push(`matching \`${node.pattern}\``);
  if (Array.isArray(node.enum)) said.push(`one of ${node.enum.map((value) => `\`${value}\``).join(", ")}`);
  if (node.format === "epoch-seconds") said.push("seconds since 1970 on the wire");
  if (said.length === 0) return "";
  const text = said.join(", ");
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.length === b.length && a.every((member, index) => member === b[index]);
}
