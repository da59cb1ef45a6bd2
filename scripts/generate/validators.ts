/** Validators compiled ahead of time by Ajv, so that nothing of Ajv is left to install. */
import { createRequire } from "node:module";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import type { Node, SpecDocument } from "./document.ts";
import type { OperationModel } from "./model.ts";

const resolveDir = createRequire(import.meta.url)
  .resolve("ajv/package.json")
  .replace(/package\.json$/, "");

/** The schema of an operation's flat input. A member that it does not name is a fault: most often a misspelling. */
export function inputSchema(operation: OperationModel): Node {
  return {
    type: "object",
    additionalProperties: false,
    required: operation.inputs.filter((input) => input.required && !input.idempotencyToken).map((input) => input.name),
    properties: Object.fromEntries(
      operation.inputs.map((input) => [input.name, { $ref: `#/${input.schema.map(escapeRef).join("/")}` }]),
    ),
  };
}

/** The schema of one item of an operation's pages. */
export function itemSchema(operation: OperationModel): Node {
  return { $ref: `#/${operation.paginated?.itemSchema.map(escapeRef).join("/")}` };
}

/**
 * The source of one validator as an expression. Each is compiled and bundled by itself, so that its text depends on
 * its own schema only and a change elsewhere in the document leaves it as it was.
 */
export async function compileValidator(doc: SpecDocument, schema: Node): Promise<string> {
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    strict: false,
    validateFormats: false,
    code: { source: true, lines: true },
  });
  // The document goes along, so that references into it resolve.
  const validate: ValidateFunction = ajv.compile({ ...doc.root, ...schema });
  const { outputFiles } = await build({
    stdin: { contents: standalone.default(ajv, validate), resolveDir, loader: "js" },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "validator",
    target: "es2022",
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild gave no output");
  return file.text
    .replace(/^"use strict";\n/, "")
    .replace(/^\s*\/\/.*\n/gm, "")
    .replace(/^var validator = /, "")
    .replace(/;\s*$/, "");
}

function escapeRef(member: string): string {
  return encodeURIComponent(member.replaceAll("~", "~0").replaceAll("/", "~1"));
}
