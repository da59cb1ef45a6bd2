/** Finds the paths of epoch seconds (`format: epoch-seconds`), which methods convert to `Date` and back. */

import type { Node, Place, SpecDocument } from "../document.ts";
import { reaches, schemasIn } from "./dialect.ts";

/** The keywords that apply to some values only, so that no path leads to their schemas. */
const BY_VALUE =
  "prefixItems patternProperties not if then else contains dependentSchemas unevaluatedItems unevaluatedProperties";

/** The paths of epoch seconds in a schema; `*` stands for every element of a list or member of a map. */
export function timestamps(
  doc: SpecDocument,
  at: Place,
  within: readonly string[] = [],
  open: readonly string[] = [],
): string[][] {
  const { node, place } = doc.resolve(at);
  const name = place.join(" ");
  if (open.includes(name)) {
    if (reaches(doc, place, isTimestamp)) doc.fail(place, "epoch-seconds inside a recursive schema is not supported");
    return [];
  }
  if (isTimestamp(node)) {
    checkTimestamp(doc, place);
    return [[...within]];
  }
  const below = (inner: Place, step: readonly string[]) =>
    timestamps(doc, inner, [...within, ...step], [...open, name]);
  const found: string[][] = [];
  for (const inner of schemasIn(doc, place, "properties")) {
    const member = inner.at(-1) as string;
    const paths = below(inner, [member]);
    if (paths.length > 0 && member === "*") doc.fail(inner, "epoch-seconds in a member named * is not supported");
    found.push(...paths);
  }
  for (const inner of schemasIn(doc, place, "items additionalProperties")) {
    if (typeof doc.at(inner) === "boolean") continue;
    const paths = below(inner, ["*"]);
    const beside = ["properties", "patternProperties", "prefixItems"].find((keyword) => keyword in node);
    if (paths.length > 0 && beside) doc.fail(inner, `epoch-seconds for every value beside ${beside} is not supported`);
    found.push(...paths);
  }
  for (const inner of schemasIn(doc, place, "allOf")) {
    const paths = below(inner, []);
    if (paths.some((path) => path.length === within.length) && (node.type !== undefined || inner.at(-1) !== "0"))
      doc.fail(inner, "epoch-seconds beside another type is not supported: use a $ref alone");
    found.push(...paths);
  }
  const [choice, ...others] = schemasIn(doc, place, "anyOf oneOf").filter((inner) => !isNull(doc, inner));
  // One schema beside null is no real choice: null stays null.
  if (choice && others.length === 0) found.push(...below(choice, []));
  for (const inner of schemasIn(doc, place, others.length > 0 ? `${BY_VALUE} anyOf oneOf` : BY_VALUE))
    if (reaches(doc, inner, isTimestamp)) doc.fail(inner, "epoch-seconds is not supported here: no path leads to it");
  return found;
}

function isNull(doc: SpecDocument, place: Place): boolean {
  return doc.object(place).type === "null";
}

function isTimestamp(node: Node): boolean {
  return node.format === "epoch-seconds";
}

function checkTimestamp(doc: SpecDocument, place: Place): void {
  const node = doc.object(place);
  if (node.type !== "number") doc.fail(place, "format: epoch-seconds needs type: number");
  for (const keyword of ["allOf", "oneOf", "enum", "const"])
    if (keyword in node) doc.fail([...place, keyword], `${keyword} is not supported beside format: epoch-seconds`);
}
