/** Writes `types.ts`: the types of a document, by openapi-typescript. No other file knows that library. */
import { createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { SpecDocument } from "../document.ts";
import { type NamedType, nameTypes, TIME } from "./named-types.ts";

/** The text of the file, and its types by their names. */
export interface TypesFile {
  readonly text: string;
  readonly types: ReadonlyMap<string, NamedType>;
}

export async function typesFile(doc: SpecDocument): Promise<TypesFile> {
  // A copy, because openapi-typescript changes a document with discriminators.
  const nodes = await openapiTS(structuredClone(doc.root) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    // An object without described members may have any member.
    emptyObjectsUnknown: true,
    // Without rules, whose findings would be printed: the document is checked already.
    redocly: await createConfig({ rules: {} }, { extends: [] }),
    silent: true,
    transform: (schema) => (schema.format === "epoch-seconds" ? ts.factory.createTypeReferenceNode(TIME) : undefined),
  });
  const { text, types } = nameTypes(astToString(nodes));
  return { text: plain(text), types };
}

/** A type as another file refers to it, with numbers or dates for its times. */
export function referTo(types: TypesFile["types"], name: string, time: "number" | "Date"): string {
  if (!types.get(name)?.isTimed) return name;
  // With `globalThis` when the document has a schema named Date.
  return `${name}<${types.has(time) ? "globalThis." : ""}${time}>`;
}

/** Removes tags that repeat the type from doc comments, and indents by two spaces. */
function plain(text: string): string {
  return (
    text
      .replace(/^\s*\* (Format: epoch-seconds|@enum \{\w+\})\n/gm, "")
      .replace(/^(\s*(?:\/\*)?\*) @description /gm, "$1 ")
      .replace(/^(\s*\*) {5}(?=\S)/gm, "$1 ")
      .replace(/^(\s*)\/\*\*\n\s*\* (.*)\n\s*\*\/$/gm, "$1/** $2 */")
      // TypeScript would obey a directive such as @ts-expect-error on one line.
      .replace(/^(\s*\/\*\* )@ts-/gm, "$1\\@ts-")
      .replace(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2))
  );
}
