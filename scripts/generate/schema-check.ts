/** Compiles schemas of the document to validators, by Ajv. */
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Node, Place, SpecDocument } from "./document.ts";

/** Whether a value fits the schema at a place. */
export function fits(doc: SpecDocument, place: Place, value: unknown): boolean {
  return compile(doc, doc.object(place), place).validate(value);
}

export function compile(doc: SpecDocument, schema: Node, place: Place): { ajv: Ajv2020; validate: ValidateFunction } {
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    strict: false,
    // JSON has no NaN and no Infinity: they would be sent as null.
    strictNumbers: true,
    validateFormats: false,
    logger: false,
    code: { source: true, lines: true, esm: true },
  });
  // With all schemas of the document, so that references resolve.
  const whole = { ...schema, components: { schemas: doc.at(["components", "schemas"]) ?? {} } };
  // Turns off code for keywords that no supported document has, or that this document does not have.
  ajv.opts.dynamicRef = false;
  ajv.opts.unevaluated = JSON.stringify(whole).includes('"unevaluated');
  try {
    return { ajv, validate: ajv.compile(whole) };
  } catch (error) {
    return doc.fail(place, `cannot be compiled to a validator: ${(error as Error).message}`);
  }
}
