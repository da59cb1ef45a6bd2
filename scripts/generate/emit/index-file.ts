/** `index.ts`: the contract, and the types that a user of the client names. */
import type { SpecDocument } from "../document.ts";
import type { Model, OperationModel } from "../model.ts";
import { descriptionOf } from "../read/schema.ts";
import { surfaceInput } from "./input.ts";
import { jsdoc, key } from "./text.ts";

/** Type names that the file has a use for. */
const TAKEN = ["Errors", "NonNullable", "Operations", "Raw", "Record"];

export function indexFile(doc: SpecDocument, { operations, errors }: Model): string {
  const types = `${schemaTypes(doc, operations, new Set(errors.map(({ name }) => name)))}${operations.map((operation) => surfaceInput(doc, operation) + outputType(operation)).join("")}
/** The operations by method name: what goes in, what comes out, and the item of a paginated one. */
export interface Operations {
${operations.map(operationType).join("")}}

/** The errors that the document names, each with its body. */
export interface Errors {
${errors.map(({ name }) => `  ${key(name)}: components["schemas"][${JSON.stringify(name)}];\n`).join("")}}
`;
  const used = ["components", "operations"].filter((name) => types.includes(`${name}[`)).join(", ");
  return `import { calls, connect, type Raw } from "./client.js";
import * as metadata from "./metadata.js";
${used && `import type { ${used} } from "./surface.js";\n`}import { validators } from "./validators.js";
${types}
/** Everything that the document says, as the run time reads it. */
export const contract = {
  service: metadata.service,
  errors: metadata.errors,
  operations: {
${operations.map(({ name }) => `    ${name}: { ...metadata.operations.${name}, validate: validators.${name}, call: calls.${name} },\n`).join("")}  },
  connect,
  types: undefined as { operations: Operations; errors: Errors; raw: Raw } | undefined,
};`;
}

/** A type for each schema whose name is one for a type; errors are in `Errors`, and all are in surface.ts and wire.ts. */
function schemaTypes(doc: SpecDocument, operations: readonly OperationModel[], errors: ReadonlySet<string>): string {
  const generated = new Set([...TAKEN, ...operations.flatMap(({ id }) => [`${id}Input`, `${id}Output`])]);
  const names = doc.names(["components", "schemas"]).filter((name) => /^[A-Z]\w*$/.test(name) && !errors.has(name));
  return names
    .sort()
    .map((name) => {
      const place = ["components", "schemas", name];
      if (generated.has(name)) doc.fail(place, "the generated code has a type of this name: rename the schema");
      const description = descriptionOf(doc, place);
      return `\n${description ? jsdoc(description) : ""}export type ${name} = components["schemas"]["${name}"];\n`;
    })
    .join("");
}

function outputType({ id, output }: OperationModel): string {
  const type = output
    ? `operations["${id}"]["responses"][${output.status}]["content"]["application/json"]`
    : "Record<never, never>";
  return `\n${jsdoc(`What ${id} answers.`)}export type ${id}Output = ${type};\n`;
}

function operationType({ id, name, description, deprecated, paginated }: OperationModel): string {
  const path = paginated?.items ?? [];
  const list = path.reduce((type, member) => `NonNullable<${type}[${JSON.stringify(member)}]>`, `${id}Output`);
  const item = paginated ? `; item: NonNullable<${list}[number]>` : "";
  const comment = jsdoc(deprecated ? `${description.trim()}\n@deprecated` : description, "  ");
  return `${comment}  ${name}: { input: ${id}Input; output: ${id}Output${item} };\n`;
}
