import { schema as validate } from "@stoplight/spectral-functions";
import { contents, entries, errors, follow, isError, operations, responses, schemaOf } from "./document.js";

/**
 * Checks that every example fits its schema and has no unknown member: a misspelt member would fit a schema that requires
 * none. An example with the name of an error must fit that error, and not another error of the status.
 */
export default function example(document, _options, context) {
  const found = operations(document).flatMap((operation) => {
    const body = follow(document, { value: operation.value.requestBody, path: [...operation.path, "requestBody"] });
    const answers = responses(document, operation);
    return [
      ...operation.parameters.flatMap((parameter) => examples(document, parameter)),
      ...contents(document, body).flatMap((media) => examples(document, media)),
      ...answers.flatMap(({ value, path }) =>
        entries(document, { value: value?.headers, path: [...path, "headers"] }).flatMap((header) =>
          examples(document, header),
        ),
      ),
      ...answers.flatMap((response) => {
        const named = new Map(isError(response) ? errors(document, response).map((error) => [error.name, error]) : []);
        return contents(document, response).flatMap((media) => examples(document, media, named));
      }),
    ];
  });
  return found.flatMap(({ value, path, schema }) => [
    ...mistakes(document, value, schema, context).map((message) => ({ message, path })),
    ...strangers(document, value, schema).map((name) => ({ message: `The schema has no member ${name}.`, path })),
  ]);
}

/** The examples of a parameter, header or media type, and of its schema, each with the schema that it must fit. */
function examples(document, place, named = new Map()) {
  const schema = schemaOf(document, place);
  if (!schema.value) return [];
  const values = [
    ...[place, schema].flatMap(({ value, path }) =>
      ["example", "default"].filter((key) => key in value).map((key) => ({ value: value[key], path: [...path, key] })),
    ),
    ...(schema.value.examples ?? []).map((value, index) => ({ value, path: [...schema.path, "examples", index] })),
  ].map((found) => ({ ...found, schema: schema.value }));
  const cases = entries(document, { value: place.value.examples, path: [...place.path, "examples"] })
    .filter(({ value }) => value && "value" in value)
    .map(({ key, value, path }) => ({
      value: value.value,
      path: [...path, "value"],
      schema: named.get(key)?.value ?? schema.value,
    }));
  return [...values, ...cases];
}

function mistakes(document, value, schema, context) {
  const options = { schema: inlined(document, schema), dialect: "draft2020-12", allErrors: true };
  return (validate(value, options, { ...context, path: [] }) ?? []).map(({ message, path }) =>
    path?.length ? `${path.join(".")}: ${message}` : message,
  );
}

/** A schema without references, so that it can be compiled alone. A recursive schema allows any value at the recursion. */
function inlined(document, schema, around = []) {
  const { value } = follow(document, { value: schema, path: [] });
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) return true;
  if (Array.isArray(value)) return value.map((item) => inlined(document, item, around));
  const inner = [...around, value];
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inlined(document, member, inner)]));
}

/** The members of a value, at any depth, that its schema does not name. */
function strangers(document, value, schema, prefix = "") {
  const parts = branches(document, schema);
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => part.items ?? []);
    return value.flatMap((item, at) => items.flatMap((part) => strangers(document, item, part, `${prefix}${at}.`)));
  }
  const known = Object.assign({}, ...parts.map((part) => part.properties));
  if (typeof value !== "object" || value === null || Object.keys(known).length === 0) return [];
  const open = parts.some((part) => part.additionalProperties);
  return Object.entries(value).flatMap(([name, member]) => {
    if (name in known) return strangers(document, member, known[name], `${prefix}${name}.`);
    return open ? [] : [`${prefix}${name}`];
  });
}

function branches(document, schema) {
  const { value } = follow(document, { value: schema, path: [] });
  const inner = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => value?.[keyword] ?? []);
  return value ? [value, ...inner.flatMap((branch) => branches(document, branch))] : [];
}
