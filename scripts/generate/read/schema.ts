/** Reads facts from a JSON Schema: members, type, description, and rules in words. */

import type { Place, SpecDocument } from "../document.ts";
import { schemasIn } from "./dialect.ts";

/** The members of an object. */
export interface Members {
  readonly required: Set<string>;
  /** The place of each member's schema, by the member's name. */
  readonly places: Map<string, Place>;
}

/** The members of an object schema, including those of its `allOf`. @param what Names the schema in faults. */
export function members(doc: SpecDocument, at: Place, what: string): Members {
  const found: Members = { required: new Set(), places: new Map() };
  const { place } = doc.resolve(at, `the schema of ${what}`);
  collect(doc, place, what, found);
  for (const name of found.required)
    if (!found.places.has(name))
      doc.fail([...place, "required"], `names ${name}, which is none of the properties: add it to them`);
  return found;
}

function collect(doc: SpecDocument, at: Place, what: string, found: Members): void {
  const { node, place } = doc.resolve(at);
  for (const keyword of ["anyOf", "oneOf", "not", "if"])
    if (keyword in node) doc.fail([...place, keyword], `${keyword} is not supported in ${what}: list its properties`);
  const parts = schemasIn(doc, place, "allOf");
  if (node.type !== "object" && (node.type !== undefined || parts.length === 0))
    doc.fail(place, `${what} must be of type: object with its properties listed`);
  for (const part of parts) collect(doc, part, what, found);
  for (const inner of schemasIn(doc, place, "properties")) found.places.set(inner.at(-1) as string, inner);
  if (Array.isArray(node.required)) for (const name of node.required) found.required.add(String(name));
}

/** The JSON type of a schema, not counting `null`; `unknown` unless there is exactly one. */
export function typeOf(doc: SpecDocument, at: Place): string {
  const { node } = doc.resolve(at);
  const types = (Array.isArray(node.type) ? node.type : [node.type]).filter((type) => type !== "null");
  return types.length === 1 && typeof types[0] === "string" ? types[0] : "unknown";
}

/** The description of a schema. A description beside a reference overrides that of the component. */
export function descriptionOf(doc: SpecDocument, at: Place): string {
  return String(doc.object(at).description ?? doc.resolve(at).node.description ?? "");
}

/** Whether a member is an idempotency token, by its own mark or its schema's. */
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
  const words: string[] = [];
  if (node.minimum !== undefined && node.maximum !== undefined) words.push(`from ${node.minimum} to ${node.maximum}`);
  else if (node.minimum !== undefined) words.push(`at least ${node.minimum}`);
  else if (node.maximum !== undefined) words.push(`at most ${node.maximum}`);
  if (node.maxLength !== undefined) words.push(`${node.minLength ?? 0} to ${node.maxLength} characters`);
  else if (node.minLength !== undefined)
    words.push(`at least ${node.minLength} ${node.minLength === 1 ? "character" : "characters"}`);
  if (node.pattern !== undefined) words.push(`matching \`${node.pattern}\``);
  if (Array.isArray(node.enum)) words.push(`one of ${node.enum.map(literalOf).join(", ")}`);
  if (node.format === "epoch-seconds") words.push("seconds since 1970 on the wire");
  if (words.length === 0) return "";
  const text = words.join(", ");
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

function literalOf(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
