/** The types of a document, written by openapi-typescript: the one place that knows that library. */
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

/** Wire types say what travels (numbers for times); surface types say what the methods give (`Date`). */
export async function documentTypes(file: string, flavour: "wire" | "surface"): Promise<string> {
  const date = ts.factory.createTypeReferenceNode("Date");
  const nodes = await openapiTS(pathToFileURL(file), {
    alphabetize: true,
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
    ...(flavour === "surface" && {
      transform: (schema) => (schema.format === "epoch-seconds" ? date : undefined),
    }),
  });
  return astToString(nodes);
}
