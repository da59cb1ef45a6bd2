/** The types of a document, written by openapi-typescript: the one place that knows that library. */
import { createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { SpecDocument } from "../document.ts";

/** Wire types say what travels (numbers for times); surface types say what the methods give (`Date`). */
export async function documentTypes(doc: SpecDocument, flavour: "wire" | "surface"): Promise<string> {
  const date = ts.factory.createTypeReferenceNode("Date");
  // A copy: openapi-typescript writes into the document where that has discriminators.
  const nodes = await openapiTS(structuredClone(doc.root) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    // An object whose members the document leaves open takes any.
    emptyObjectsUnknown: true,
    // Its own choice of rules would print what it finds; the document has been checked before.
    redocly: await createConfig({ rules: {} }, { extends: [] }),
    silent: true,
    ...(flavour === "surface" && {
      transform: (schema) => (schema.format === "epoch-seconds" ? date : undefined),
    }),
  });
  // On one line, TypeScript would follow a directive such as @ts-expect-error.
  return astToString(nodes).replace(/^(\s*\/\*\* )@ts-/gm, "$1\\@ts-");
}
