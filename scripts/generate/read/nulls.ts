/** Finds the paths at which null is a value. At other paths null means absent on AWS's wire, and methods remove it. */

import { isObject, type Node, type Place, type SpecDocument } from "../document.ts";
import { reaches, schemasIn } from "./dialect.ts";

/** The paths at which, and below which, a schema allows null; `*` stands for every element or member. */
export function nulls(
  doc: SpecDocument,
  at: Place,
  within: readonly string[] = [],
  open: readonly string[] = [],
): string[][] {
  if (!isObject(doc.at(at))) return [];
  const { node, place } = doc.resolve(at);
  const name = place.join(" ");
  if (takesNull(node)) return [[...within]];
  // A recursive schema has no known depth: all nulls in it are kept, or none.
  if (open.includes(name)) return reaches(doc, place, takesNull) ? [[...within]] : [];
  const below = (keywords: string, step: (inner: Place) => readonly string[]) =>
    schemasIn(doc, place, keywords).flatMap((inner) => nulls(doc, inner, [...within, ...step(inner)], [...open, name]));
  return [
    ...below("properties", (inner) => inner.slice(-1)),
    ...below("items prefixItems additionalProperties patternProperties", () => ["*"]),
    ...below("allOf anyOf oneOf", () => []),
  ];
}

/** The keywords that restrict a value. */
const SHAPES = "$ref type enum const allOf anyOf oneOf not if properties items prefixItems additionalProperties".split(
  " ",
);

/** Whether a schema allows null as the value, or as a member or element that it does not describe. */
function takesNull(node: Node): boolean {
  const types = [node.type].flat();
  const values = [node.const, node.enum].flat();
  if (types.includes("null") || values.includes(null) || !SHAPES.some((keyword) => keyword in node)) return true;
  const has = (...keywords: string[]) => keywords.some((keyword) => keyword in node);
  const isOpen = types.includes("object") && !has("properties", "patternProperties", "additionalProperties", "allOf");
  return isOpen || node.additionalProperties === true || (types.includes("array") && !has("items", "prefixItems"));
}
