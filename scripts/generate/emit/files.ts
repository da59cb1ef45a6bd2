/** Writes the files of `generated/` from a document: text in, text out. */
import { readFile } from "node:fs/promises";
import type { Node, SpecDocument } from "../document.ts";
import type { OperationModel } from "../model.ts";
import { readModel } from "../read/model.ts";
import { clientFile } from "./client.ts";
import { indexFile } from "./index-file.ts";
import { metadataFile, routesFile } from "./metadata.ts";
import { typesFile } from "./types.ts";
import { compileValidator, inputSchema, itemSchema } from "./validators.ts";

/** The first line of every generated file, by which `--check` and a second run know it. */
export const HEADER = "// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.\n";

/** Every file of `generated/`, by name. */
export async function emitFiles(doc: SpecDocument): Promise<Map<string, string>> {
  const model = await readModel(doc);
  const paginated = model.operations.filter((operation) => operation.paginated);
  const { text, types } = await typesFile(doc);
  const files = new Map([
    ["types.ts", text],
    ["client.ts", clientFile(model, types)],
    ["validators.ts", await validatorFile(doc, VALIDATOR, "validators", model.operations, inputSchema)],
    ["items.ts", await validatorFile(doc, IMPORT, "items", paginated, itemSchema)],
    ["metadata.ts", metadataFile(model)],
    ["routes.ts", routesFile(model)],
    ["index.ts", indexFile(doc, model, types)],
  ]);
  for (const [name, text] of files) files.set(name, `${HEADER}${text.trimEnd()}\n`);
  return files.set("README.md", await readFile(new URL("README.md", import.meta.url), "utf8"));
}

/** The type of all validators, and how the second file of them comes by it. */
const VALIDATOR = `/** One fault that a compiled validator found: the JSON Schema keyword it breaks and where. */
export interface Fault {
  /** Where, as a JSON Pointer into the value, for example \`/maxResults\`. */
  readonly instancePath: string;
  /** Which rule, for example \`maximum\`. */
  readonly keyword: string;
  /** The rule's figures, for example \`{ comparison: "<=", limit: 100 }\`. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A validator compiled ahead of time: true, or false with every fault in \`errors\`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Fault[] | null;
}`;
const IMPORT = 'import type { Validator } from "./validators.js";';

/** Compiled validators, keyed by method name. */
async function validatorFile(
  doc: SpecDocument,
  head: string,
  exported: string,
  operations: readonly OperationModel[],
  schemaOf: (doc: SpecDocument, operation: OperationModel) => Node,
): Promise<string> {
  const entries: string[] = [];
  for (const operation of operations) {
    const place = ["paths", operation.path, operation.method.toLowerCase()];
    const source = await compileValidator(doc, schemaOf(doc, operation), place);
    entries.push(`  ${operation.name}: /* @__PURE__ */ ${source},\n`);
  }
  return `// @ts-nocheck: compiled from JSON Schema by Ajv.

${head}

export const ${exported}: { ${operations.map(({ name }) => `${name}: Validator`).join("; ")} } = {
${entries.join("")}};`;
}
