/** Finds the paths at which null is a value. Elsewhere null means absent on AWS's wire, and the methods leave it out. */

import { isObject, type Node, type Place, type SpecDocument } from "../document.ts";
import { reaches, schemasIn } from "./dialect.ts";

/** The paths inside a value to where null may stand, there and below; `*` is every element or value. */
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
  // A schema inside itself has no known depth: either every null stays there, or none.
  if (open.includes(name)) return reaches(doc, place, takesNull) ? [[...within]] : [];
  const below = (keywords: string, step: (inner: Place) => readonly string[]) =>
    schemasIn(doc, place, keywords).flatMap((inner) => nulls(doc, inner, [...within, ...step(inner)], [...open, name]));
  return [
    ...below("properties", (inner) => inner.slice(-1)),
    ...below("items prefixItems additionalProperties patternProperties", () => ["*"]),
    ...below("allOf anyOf oneOf", () => []),
  ];
}

/** Each of these says what a value may be. */
const SHAPES = "$ref type enum const allOf anyOf oneOf not if properties items prefixItems additionalProperties".split(
  " ",
);

/** Whether a schema takes null itself, or in a member or an element of which it says nothing. */
function takesNull(node: Node): boolean {
  const types = [node.type].flat();
  const values = [node.const, node.enum].flat();
  if (types.includes("null") || values.includes(null) || !SHAPES.some((keyword) => keyword in node)) return true;
  const says = (...keywords: string[]) => keywords.some((keyword) => keyword in node);
  const isOpen = types.includes("object") && !says("properties", "patternProperties", "additionalProperties", "allOf");
  return isOpen || node.additionalProperties === true || (types.includes("array") && !says("items", "prefixItems"));
}
