/** Validators compiled ahead of time by Ajv, so that nothing of Ajv is left to install. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import type { Node, Place, SpecDocument } from "./document.ts";
import type { OperationModel } from "./model.ts";

const ajvFolder = dirname(createRequire(import.meta.url).resolve("ajv/package.json"));

/** Printable ASCII with no space at its ends: what a header keeps as it is, and a signature covers as it is sent. */
const HEADER_VALUE = { pattern: "^([!-~]([ -~]*[!-~])?)?$" };

/** The schema of an operation's flat input. A member that it does not name is a fault: most often a misspelling. */
export function inputSchema(doc: SpecDocument, { inputs }: OperationModel): Node {
  return {
    type: "object",
    additionalProperties: false,
    required: inputs.filter((input) => input.required && !input.idempotencyToken).map((input) => input.name),
    properties: Object.fromEntries(
      inputs.map(({ name, in: where, type, schema }) => {
        const own = doc.object(schema);
        return [name, where === "header" && type === "string" ? { allOf: [own, HEADER_VALUE] } : own];
      }),
    ),
  };
}

/** The schema of one item of an operation's pages. */
export function itemSchema(doc: SpecDocument, { paginated }: OperationModel): Node {
  return doc.object(paginated?.itemSchema ?? []);
}

/** Whether a value fits the schema at a place. */
export function fits(doc: SpecDocument, place: Place, value: unknown): boolean {
  return compile(doc, doc.object(place), place).validate(value);
}

/**
 * The source of one validator as an expression. Each is compiled and bundled by itself, so that its text depends on
 * its own schema only and a change elsewhere in the document leaves it as it was.
 * @param place Where the schema comes from, for the fault that names it.
 */
export async function compileValidator(doc: SpecDocument, schema: Node, place: Place): Promise<string> {
  const { ajv, validate } = compile(doc, schema, place);
  const { outputFiles } = await build({
    stdin: { contents: standalone.default(ajv, validate), resolveDir: ajvFolder, loader: "js" },
    // The names that esbuild gives to the modules start here, whatever the current folder is.
    absWorkingDir: join(ajvFolder, "../.."),
    bundle: true,
    write: false,
    format: "iife",
    globalName: "validator",
    target: "es2022",
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild gave no output");
  return (
    file.text
      .replace(/^"use strict";\n/, "")
      .replace(/^\s*\/\/.*\n/gm, "")
      // What Ajv keeps to write the function's import with.
      .replace(/^\s*\w+\.code = 'require\(.*\n/gm, "")
      .replace(/^var validator = /, "")
      .replace(/;\s*$/, "")
  );
}

function compile(doc: SpecDocument, schema: Node, place: Place): { ajv: Ajv2020; validate: ValidateFunction } {
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    strict: false,
    validateFormats: false,
    logger: false,
    code: { source: true, lines: true },
  });
  try {
    // The schemas go along, so that references into them resolve.
    const components = { schemas: doc.at(["components", "schemas"]) ?? {} };
    return { ajv, validate: ajv.compile({ ...schema, components }) };
  } catch (error) {
    return doc.fail(place, `cannot be compiled to a validator: ${(error as Error).message}`);
  }
}
