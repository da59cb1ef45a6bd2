/** What the generator wants to know of a JSON Schema: members, types, rules in words. */
import type { Place, SpecDocument } from "./document.ts";

/** The members of an object schema by name, each with the place of its schema. */
export function members(
  doc: SpecDocument,
  at: Place,
  what: string,
): { required: Set<string>; places: Map<string, Place> } {
  const { node, place } = doc.resolve(at, `a schema of ${what}`);
  for (const keyword of ["allOf", "anyOf", "oneOf", "not", "if"])
    if (keyword in node) doc.fail([...place, keyword], `${keyword} is not supported in ${what}: list its properties`);
  if (node.type !== "object") doc.fail(place, `${what} must be of type object with its properties listed`);
  const names = doc.names([...place, "properties"]);
  const required = new Set(Array.isArray(node.required) ? node.required.map(String) : []);
  for (const name of required)
    if (!names.includes(name))
      doc.fail([...place, "required"], `names ${name}, which is none of the properties: add it`);
  return { required, places: new Map(names.map((name) => [name, [...place, "properties", name]])) };
}

/** The JSON type of a schema, `null` beside another type left out; `unknown` when it is not just one. */
export function typeOf(doc: SpecDocument, at: Place): string {
  const { node } = doc.resolve(at);
  const types = (Array.isArray(node.type) ? node.type : [node.type]).filter((type) => type !== "null");
  return types.length === 1 && typeof types[0] === "string" ? types[0] : "unknown";
}

/** The description of a schema, that beside a reference before that of what it refers to. */
export function descriptionOf(doc: SpecDocument, at: Place): string {
  return String(doc.object(at).description ?? doc.resolve(at).node.description ?? "");
}

/** Whether a member is to be filled with a fresh UUID, by itself or by its schema. */
export function idempotencyTokenOf(doc: SpecDocument, places: readonly Place[]): boolean {
  for (const place of places.flatMap((at) => [at, doc.resolve(at).place])) {
    const mark = doc.object(place)["x-idempotency-token"];
    if (mark === true || mark === false) return mark;
    if (mark !== undefined) doc.fail([...place, "x-idempotency-token"], "must be true or false");
  }
  return false;
}

/** The rules of a schema in words, for the JSDoc of a member: `From 1 to 100.` */
export function rules(doc: SpecDocument, at: Place): string {
  const { node } = doc.resolve(at);
  const said: string[] = [];
  if (node.minimum !== undefined && node.maximum !== undefined) said.push(`from ${node.minimum} to ${node.maximum}`);
  else if (node.minimum !== undefined) said.push(`at least ${node.minimum}`);
  else if (node.maximum !== undefined) said.push(`at most ${node.maximum}`);
  if (node.maxLength !== undefined) said.push(`${node.minLength ?? 0} to ${node.maxLength} characters`);
  else if (node.minLength !== undefined) said.push(`at least ${node.minLength} characters`);
  if (node.pattern !== undefined) said.push(`matching \`${node.pattern}\``);
  if (Array.isArray(node.enum)) said.push(`one of ${node.enum.map(literalOf).join(", ")}`);
  if (node.format === "epoch-seconds") said.push("seconds since 1970 on the wire");
  if (said.length === 0) return "";
  const text = said.join(", ");
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

function literalOf(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
