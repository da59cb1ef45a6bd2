/** Writes `index.ts`: the contract, and the types that a user of the client names. */
import type { SpecDocument } from "../document.ts";
import type { Model } from "../model.ts";
import { publicTypes } from "./public-types.ts";
import type { TypesFile } from "./types.ts";

export function indexFile(doc: SpecDocument, model: Model, types: TypesFile["types"]): string {
  const declared = publicTypes(doc, model, types);
  return `import { calls, connect, type Raw } from "./client.js";
import * as metadata from "./metadata.js";
${/\btypes\./.test(declared) ? 'import type * as types from "./types.js";\n' : ""}import { validators } from "./validators.js";
${declared}
/** The facts of the document that the run time reads. */
export const contract = {
  service: metadata.service,
  errors: metadata.errors,
  operations: {
${model.operations.map(({ name }) => `    ${name}: { ...metadata.operations.${name}, validate: validators.${name}, call: calls.${name} },\n`).join("")}  },
  connect,
  types: undefined as { operations: Operations; errors: Errors; raw: Raw } | undefined,
};`;
}
