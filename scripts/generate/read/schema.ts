/** Reads a JSON Schema: its members, types, and rules in words. */

import type { Place, SpecDocument } from "../document.ts";
import { schemasIn } from "./dialect.ts";

/** The members of an object. */
export interface Members {
  readonly required: Set<string>;
  /** Where the schema of each member stands. */
  readonly places: Map<string, Place>;
}

/** The members of an object schema, those of its `allOf` included. */
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
  else if (node.minLength !== undefined)
    said.push(`at least ${node.minLength} ${node.minLength === 1 ? "character" : "characters"}`);
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
