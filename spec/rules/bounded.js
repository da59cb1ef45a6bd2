import { follow, inputs, operations } from "./document.js";

/** Checks that every value from a caller has bounds, so that a server can refuse larger ones early. */
export default function bounded(document) {
  return operations(document).flatMap((operation) =>
    inputs(document, operation).flatMap((input) => unbounded(document, input, input.name, new Set())),
  );
}

function unbounded(document, place, name, seen) {
  const { value: schema, path } = follow(document, place);
  if (!schema || seen.has(schema) || schema.enum || "const" in schema) return [];
  seen.add(schema);
  const missing =
    LIMITS[[schema.type].flat()[0]]?.filter((either) => !either.some((keyword) => keyword in schema)) ?? [];
  // A time has no largest value.
  const faults =
    schema.format === "epoch-seconds"
      ? []
      : missing.map(([keyword]) => ({ message: `${name} is sent by the caller and has no ${keyword}.`, path }));
  const inner = Object.entries(schema.properties ?? {}).map(([key, value]) => [
    `${name}.${key}`,
    { value, path: [...path, "properties", key] },
  ]);
  if (schema.items) inner.push([`${name}[]`, { value: schema.items, path: [...path, "items"] }]);
  return [...faults, ...inner.flatMap(([key, member]) => unbounded(document, member, key, seen))];
}

/** The keywords that bound a type. One of each list is enough. */
const LIMITS = {
  string: [["maxLength"]],
  integer: [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ],
  number: [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ],
  array: [["maxItems"]],
};
