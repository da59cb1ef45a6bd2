/** Writes the interface of an operation's flat input. The types of members are those of openapi-typescript. */
import type { SpecDocument } from "../document.ts";
import type { Input, OperationModel } from "../model.ts";
import { rules } from "../read/schema.ts";
import { jsdoc, key } from "./text.ts";
import { referTo, type TypesFile } from "./types.ts";

type Types = TypesFile["types"];

/** The input that a call sends: times are numbers, and the idempotency token is required. */
export function wireInput(operation: OperationModel, types: Types): string {
  const own = referTo(types, "operations", "number");
  const lines = operation.inputs.map((input) => {
    const type = typeOf(own, operation, input);
    return input.required
      ? `  ${key(input.name)}: ${type};\n`
      : `  ${key(input.name)}?: Exclude<${type}, undefined>;\n`;
  });
  return `\nexport interface ${operation.id}Wire {\n${lines.join("")}}\n`;
}

/** The input of a method: times are `Date`s, and the idempotency token may be left out. */
export function methodInput(doc: SpecDocument, operation: OperationModel, types: Types): string {
  const { id, name, inputs } = operation;
  const comment = jsdoc(`The input of {@link Operations.${name}}.`);
  if (inputs.length === 0) return `\n${comment}export type ${id}Input = Record<string, never>;\n`;
  const own = `types.${referTo(types, "operations", "Date")}`;
  const lines = inputs.map((input) => {
    const type = typeOf(own, operation, input);
    const declared =
      input.required && !input.idempotencyToken
        ? `${key(input.name)}: ${type}`
        : `${key(input.name)}?: ${type} | undefined`;
    return `${jsdoc(explain(doc, input), "  ")}  ${declared};\n`;
  });
  return `\n${comment}export interface ${id}Input {\n${lines.join("")}}\n`;
}

/** @param operations The type of all operations. */
function typeOf(operations: string, { id }: OperationModel, { in: where, name }: Input): string {
  const own = `${operations}[${JSON.stringify(id)}]`;
  return where === "body"
    ? `NonNullable<${own}["requestBody"]>["content"]["application/json"][${JSON.stringify(name)}]`
    : `NonNullable<${own}["parameters"]["${where}"]>[${JSON.stringify(name)}]`;
}

function explain(doc: SpecDocument, input: Input): string {
  const sentences = [
    input.description.trim() || (rules(doc, input.schema) ? "" : `In the ${input.in}.`),
    rules(doc, input.schema),
    input.idempotencyToken && "Filled with a fresh UUID when left out, the same on every attempt.",
  ];
  const text = sentences.filter(Boolean).join(" ");
  return input.deprecated ? `${text}\n@deprecated` : text;
}
