import { schema as validate } from "@stoplight/spectral-functions";

/**
 * Checks that an extension is one of the ruleset, and that its value has the shape given there: a misspelt extension
 * would be ignored silently.
 *
 * @param {any} document
 * @param {{ known: Record<string, object> }} options
 */
export default function extension(document, { known }, context) {
  return [...extensions(document, [])].flatMap(({ key, value, path }) => {
    if (!(key in known)) return [{ message: `${key} is not an extension that this package reads.`, path }];
    const faults = validate(value, { schema: known[key], allErrors: true }, { ...context, path: [] }) ?? [];
    return faults.map(({ message }) => ({ message: `${key}: ${message}`, path }));
  });
}

/** The maps whose keys are names of the API: an `x-…` in them is a header or a member. */
const NAMES = new Set(["headers", "properties", "paths", "schemas", "examples", "example", "default", "responses"]);

function* extensions(node, path) {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const inside = [...path, key];
    if (key.startsWith("x-") && !NAMES.has(path.at(-1))) yield { key, value, path: inside };
    else if (key !== "example" && key !== "value") yield* extensions(value, inside);
  }
}
