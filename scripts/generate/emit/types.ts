/** `types.ts`: the types of a document, by openapi-typescript. This is the one place that knows that library. */
import { createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { SpecDocument } from "../document.ts";
import { type NamedType, nameTypes, TIME } from "./named-types.ts";

/** A file of types. */
export interface TypesFile {
  readonly text: string;
  /** Its types by name. */
  readonly types: ReadonlyMap<string, NamedType>;
}

export async function typesFile(doc: SpecDocument): Promise<TypesFile> {
  // A copy: openapi-typescript writes into the document where that has discriminators.
  const nodes = await openapiTS(structuredClone(doc.root) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    // An object whose members the document leaves open takes any.
    emptyObjectsUnknown: true,
    // Its own choice of rules would print what it finds; the document has been checked before.
    redocly: await createConfig({ rules: {} }, { extends: [] }),
    silent: true,
    transform: (schema) => (schema.format === "epoch-seconds" ? ts.factory.createTypeReferenceNode(TIME) : undefined),
  });
  const { text, types } = nameTypes(astToString(nodes));
  return { text: plain(text), types };
}

/** A type as another file names it, with numbers or dates for its times. */
export function referTo(types: TypesFile["types"], name: string, time: "number" | "Date"): string {
  if (!types.get(name)?.isTimed) return name;
  // A document may have a schema of that name.
  return `${name}<${types.has(time) ? "globalThis." : ""}${time}>`;
}

/** Doc comments without tags that repeat the type, and an indent of two spaces. */
function plain(text: string): string {
  return (
    text
      .replace(/^\s*\* (Format: epoch-seconds|@enum \{\w+\})\n/gm, "")
      .replace(/^(\s*(?:\/\*)?\*) @description /gm, "$1 ")
      .replace(/^(\s*\*) {5}(?=\S)/gm, "$1 ")
      .replace(/^(\s*)\/\*\*\n\s*\* (.*)\n\s*\*\/$/gm, "$1/** $2 */")
      // On one line, TypeScript would follow a directive such as @ts-expect-error.
      .replace(/^(\s*\/\*\* )@ts-/gm, "$1\\@ts-")
      .replace(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2))
  );
}
