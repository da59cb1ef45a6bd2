/**
 * Refuses schemas that types, validators and metadata would not understand in the same way: a keyword that one of the
 * three ignores, or reads differently.
 */
import { isObject, type Node, type Place, type SpecDocument } from "../document.ts";

/** The keywords that hold one schema, a list of schemas, or schemas by name. */
const ONE = "items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties";
const LIST = "allOf anyOf oneOf prefixItems";
const NAMED = "properties patternProperties dependentSchemas";
const ALL = `${ONE} ${LIST} ${NAMED}`;
/** The keywords through which a type cannot contain itself. Through a member of an object it can. */
const DIRECT = "allOf anyOf oneOf prefixItems items not if then else contains";

const REFUSED: Readonly<Record<string, string>> = {
  $id: "references go to #/components/schemas/NAME: remove it",
  $anchor: "references go to #/components/schemas/NAME: remove it",
  $dynamicAnchor: "references go to #/components/schemas/NAME: remove it",
  $dynamicRef: "is not supported: use $ref",
  $schema: "is not supported: the schemas are those of OpenAPI 3.1",
  $defs: "is not supported: move the schemas to components/schemas",
};
/** Matches the keywords that are allowed beside a `$ref`: openapi-typescript ignores others there. */
const ANNOTATIONS =
  /^(\$ref|\$comment|title|summary|description|default|examples?|deprecated|readOnly|writeOnly|x-.*)$/;

const DIALECT = "https://json-schema.org/draft/2020-12/schema";
const DIALECTS = /^https:\/\/(json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.1\/dialect\/base)$/;

/** Checks every schema of the document. */
export function checkSchemas(doc: SpecDocument): void {
  const dialect = ["jsonSchemaDialect"];
  if (!DIALECTS.test(String(doc.at(dialect) ?? DIALECT)))
    doc.fail(dialect, `another dialect is not supported: leave it out, or write ${DIALECT}`);
  for (const name of doc.names(["components", "schemas"])) checkSchema(doc, ["components", "schemas", name]);
  checkSchemasIn(doc, ["paths"]);
  for (const kind of doc.names(["components"])) if (kind !== "schemas") checkSchemasIn(doc, ["components", kind]);
}

/** Checks the schemas of parameters, headers and bodies. */
function checkSchemasIn(doc: SpecDocument, place: Place): void {
  const node = doc.at(place);
  if (typeof node !== "object" || node === null) return;
  for (const member of Object.keys(node)) {
    if (member === "schema") checkSchema(doc, [...place, member]);
    else if (!/^(examples?|x-.*)$/.test(member)) checkSchemasIn(doc, [...place, member]);
  }
}

function checkSchema(doc: SpecDocument, place: Place): void {
  const node = doc.at(place);
  if (!isObject(node)) return;
  for (const keyword of Object.keys(node)) {
    const at = [...place, keyword];
    if (Object.hasOwn(REFUSED, keyword)) doc.fail(at, `${keyword} ${REFUSED[keyword]}`);
    if (node.$ref !== undefined && !ANNOTATIONS.test(keyword))
      doc.fail(at, `${keyword} is not supported beside a $ref: write it into the schema, or into one of its own`);
  }
  if (typeof node.pattern === "string") checkPattern(doc, [...place, "pattern"], node.pattern);
  for (const pattern of doc.names([...place, "patternProperties"]))
    checkPattern(doc, [...place, "patternProperties", pattern], pattern);
  checkUnion(doc, place);
  checkRecursion(doc, place);
  for (const inner of schemasIn(doc, place)) checkSchema(doc, inner);
}

/** The places of the schemas directly inside a schema, by the keywords that hold them. @default all */
export function schemasIn(doc: SpecDocument, place: Place, keywords: string = ALL): Place[] {
  return keywords.split(" ").flatMap((keyword) => {
    const at = [...place, keyword];
    const value = doc.at(at);
    if (typeof value !== "object" || value === null) return [];
    return ONE.split(" ").includes(keyword) ? [at] : Object.keys(value).map((member) => [...at, member]);
  });
}

/** Whether a schema, or any schema in it, passes a test. References are tested, and followed. */
export function reaches(
  doc: SpecDocument,
  at: Place,
  test: (node: Node) => boolean,
  seen = new Set<string>(),
): boolean {
  const own = doc.at(at);
  if (!isObject(own)) return false;
  const { node, place } = doc.resolve(at);
  if (test(own)) return true;
  const name = place.join(" ");
  if (seen.has(name)) return false;
  seen.add(name);
  return test(node) || schemasIn(doc, place).some((inner) => reaches(doc, inner, test, seen));
}

function checkPattern(doc: SpecDocument, place: Place, pattern: string): void {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    doc.fail(place, `does not compile under the u flag, as JSON Schema wants it: ${(error as Error).message}`);
  }
}

/** Refuses `anyOf` beside other keywords: openapi-typescript makes a union of them, where JSON Schema requires both. */
function checkUnion(doc: SpecDocument, place: Place): void {
  const node = doc.object(place);
  if (node.type === "object" && node.enum !== undefined)
    doc.fail([...place, "enum"], "an enum of objects is not supported: use oneOf");
  if (node.anyOf === undefined) return;
  const beside = "properties additionalProperties patternProperties items allOf oneOf enum const".split(" ");
  const other =
    beside.find((keyword) => keyword in node) ?? (/^(object|undefined)$/.test(`${node.type}`) ? "" : "type");
  if (other) doc.fail([...place, "anyOf"], `anyOf is not supported beside ${other}: put that into its schemas`);
}

/** Refuses a schema that contains itself without a member in between: it has no type, and maybe no finite value. */
function checkRecursion(doc: SpecDocument, start: Place): void {
  const seen = new Set<string>();
  const walk = (place: Place) => {
    const target = doc.resolve(place).place;
    const name = target.join(" ");
    if (name === start.join(" ")) doc.fail(start, "refers to itself: put a member of an object in between");
    if (seen.has(name)) return;
    seen.add(name);
    for (const inner of direct(target)) walk(inner);
  };
  const direct = (place: Place) => schemasIn(doc, place, DIRECT).filter((inner) => isObject(doc.at(inner)));
  for (const inner of direct(start)) walk(inner);
}
