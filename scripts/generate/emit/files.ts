/** Makes the texts of the files of `generated/`. */
import { readFile } from "node:fs/promises";
import type { Node, SpecDocument } from "../document.ts";
import type { OperationModel } from "../model.ts";
import { readModel } from "../read/model.ts";
import { clientFile } from "./client.ts";
import { indexFile } from "./index-file.ts";
import { metadataFile, routesFile } from "./metadata.ts";
import { typesFile } from "./types.ts";
import { compileValidator, inputSchema, itemSchema } from "./validators.ts";

/** The first line of every generated file. A later run recognizes generated files by it. */
export const HEADER = "// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.\n";

/** The text of every file of `generated/`, by the file's name. */
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

/** The type of validators, declared in the first file of them and imported by the second. */
const VALIDATOR = `/** A fault that a validator found. */
export interface Fault {
  /** The path of the faulty value, as a JSON pointer, for example \`/maxResults\`. */
  readonly instancePath: string;
  /** The JSON Schema keyword of the broken rule, for example \`maximum\`. */
  readonly keyword: string;
  /** The figures of the rule, for example \`{ comparison: "<=", limit: 100 }\`. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled validator. It returns whether a value is valid, and leaves the faults in \`errors\`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Fault[] | null;
}`;
const IMPORT = 'import type { Validator } from "./validators.js";';

/** The text of a file of validators, which are keyed by the name of the method. */
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
