/** The flat input of an operation as an interface whose member types stay those of openapi-typescript. */
import type { SpecDocument } from "../document.ts";
import type { Input, OperationModel } from "../model.ts";
import { rules } from "../read/schema.ts";
import { jsdoc, key } from "./text.ts";

/** Of numbers, every idempotency token there: what a call sends. */
export function wireInput(operation: OperationModel): string {
  const lines = operation.inputs.map((input) => {
    const type = typeOf(operation, input);
    return input.required
      ? `  ${key(input.name)}: ${type};\n`
      : `  ${key(input.name)}?: Exclude<${type}, undefined>;\n`;
  });
  return `\nexport interface ${operation.id}Wire {\n${lines.join("")}}\n`;
}

/** Of dates, an idempotency token optional and each member explained: what a method takes. */
export function surfaceInput(doc: SpecDocument, operation: OperationModel): string {
  const { id, name, inputs } = operation;
  const comment = jsdoc(`What {@link Operations.${name}} takes.`);
  if (inputs.length === 0) return `\n${comment}export type ${id}Input = Record<string, never>;\n`;
  const lines = inputs.map((input) => {
    const type = typeOf(operation, input);
    const declared =
      input.required && !input.idempotencyToken
        ? `${key(input.name)}: ${type}`
        : `${key(input.name)}?: ${type} | undefined`;
    return `${jsdoc(explain(doc, input), "  ")}  ${declared};\n`;
  });
  return `\n${comment}export interface ${id}Input {\n${lines.join("")}}\n`;
}

function typeOf({ id }: OperationModel, { in: where, name }: Input): string {
  const own = `operations[${JSON.stringify(id)}]`;
  return where === "body"
    ? `NonNullable<${own}["requestBody"]>["content"]["application/json"][${JSON.stringify(name)}]`
    : `NonNullable<${own}["parameters"]["${where}"]>[${JSON.stringify(name)}]`;
}

function explain(doc: SpecDocument, input: Input): string {
  const said = [
    input.description.trim() || (rules(doc, input.schema) ? "" : `In the ${input.in}.`),
    rules(doc, input.schema),
    input.idempotencyToken && "Filled with a fresh UUID when left out, the same on every attempt.",
  ];
  const text = said.filter(Boolean).join(" ");
  return input.deprecated ? `${text}\n@deprecated` : text;
}
