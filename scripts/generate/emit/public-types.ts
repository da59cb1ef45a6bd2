/**
 * Writes the types that a user of the client names: schemas, inputs, outputs and errors. A time is a `Date` in each.
 */
import type { SpecDocument } from "../document.ts";
import type { Model, OperationModel } from "../model.ts";
import { descriptionOf } from "../read/schema.ts";
import { methodInput } from "./input.ts";
import { isTypeName } from "./named-types.ts";
import { jsdoc, key } from "./text.ts";
import { referTo, type TypesFile } from "./types.ts";

type Types = TypesFile["types"];

/** The names of types that the generated code uses itself. */
const TAKEN = new Set([
  "Errors",
  "Exclude",
  "NonNullable",
  "OneOf",
  "Operations",
  "Raw",
  "Record",
  "WithRequired",
  "Without",
  "XOR",
]);

export function publicTypes(doc: SpecDocument, { operations, errors }: Model, types: Types): string {
  return `${schemaTypes(doc, operations, types)}${operations.map((operation) => methodInput(doc, operation, types) + outputType(operation, types)).join("")}
/** The operations by the name of the method: the input, the output, and the item of a paginated operation. */
export interface Operations {
${operations.map((operation) => operationType(doc, operation, types)).join("")}}

/** The errors that the document names, each with its body. */
export interface Errors {
${errors.map(({ name }) => `  ${key(name)}: ${schemaType(name, types)};\n`).join("")}}
`;
}

/** The type of a schema, as this file refers to it. */
function schemaType(name: string, types: Types): string {
  if (!isTypeName(name)) return `types.${referTo(types, "components", "Date")}["schemas"][${JSON.stringify(name)}]`;
  return types.get(name)?.isTimed ? name : `types.${name}`;
}

/** Types without a time are exported from `types.ts`. Types with times are declared here, with `Date` for the times. */
function schemaTypes(doc: SpecDocument, operations: readonly OperationModel[], types: Types): string {
  const generated = new Set(operations.flatMap(({ id }) => [`${id}Input`, `${id}Output`, `${id}Body`, `${id}Wire`]));
  const names = doc.names(["components", "schemas"]).filter(isTypeName).sort();
  for (const name of names)
    if (TAKEN.has(name) || generated.has(name))
      doc.fail(["components", "schemas", name], "the generated code has a type of this name: rename the schema");
  const timed = names.filter((name) => types.get(name)?.isTimed);
  const others = names.filter((name) => !timed.includes(name));
  const reexported =
    others.length > 0 ? `\nexport type {\n${others.map((name) => `  ${name},\n`).join("")}} from "./types.js";\n` : "";
  return reexported + timed.map((name) => timedType(doc, name, types)).join("");
}

function timedType(doc: SpecDocument, name: string, types: Types): string {
  const description = descriptionOf(doc, ["components", "schemas", name]);
  const type = `types.${referTo(types, name, "Date")}`;
  const declared = types.get(name)?.isInterface ? `interface ${name} extends ${type} {}` : `type ${name} = ${type};`;
  return `\n${description ? jsdoc(description) : ""}export ${declared}\n`;
}

/** The output as an interface, because a hover shows the name of an interface. */
function outputType({ id, output }: OperationModel, types: Types): string {
  const comment = jsdoc(`The output of ${id}.`);
  if (!output) return `\n${comment}export type ${id}Output = Record<never, never>;\n`;
  const operation = `types.${referTo(types, "operations", "Date")}["${id}"]`;
  return `
type ${id}Body = ${operation}["responses"][${output.status}]["content"]["application/json"];
${comment}export interface ${id}Output extends ${id}Body {}
`;
}

function operationType(doc: SpecDocument, operation: OperationModel, types: Types): string {
  const { id, name, description, deprecated, paginated } = operation;
  const item = paginated ? `; item: ${itemType(doc, operation, types)}` : "";
  const comment = jsdoc(deprecated ? `${description.trim()}\n@deprecated` : description, "  ");
  return `${comment}  ${name}: { input: ${id}Input; output: ${id}Output${item} };\n`;
}

/** The type of a page's item: the type of its schema, or else a member of the output. */
function itemType(doc: SpecDocument, { id, paginated }: OperationModel, types: Types): string {
  if (!paginated) return "never";
  const schema = doc.object(paginated.itemSchema);
  if (typeof schema.$ref === "string") return schemaType(doc.target(paginated.itemSchema).at(-1) as string, types);
  const list = paginated.items.reduce(
    (type, member) => `NonNullable<${type}[${JSON.stringify(member)}]>`,
    `${id}Output`,
  );
  return `NonNullable<${list}[number]>`;
}
