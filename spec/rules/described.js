import { entries, follow, operations, responses } from "./document.js";

/** Checks that every parameter, header, schema and member has a description, which the page, types and errors quote. */
export default function described(document) {
  const schemas = entries(document, { value: document.components?.schemas, path: ["components", "schemas"] });
  const inputs = operations(document).flatMap(({ parameters }) => parameters);
  const headers = operations(document)
    .flatMap((operation) => responses(document, operation))
    .flatMap(({ value, path }) => entries(document, { value: value?.headers, path: [...path, "headers"] }));
  const members = schemas.flatMap(({ value, path }) =>
    Object.entries(value?.properties ?? {}).map(([key, member]) => ({
      // A description beside a $ref overrides that of the component.
      value: member.description ? member : follow(document, { value: member, path: [] }).value,
      path: [...path, "properties", key],
    })),
  );
  return [...schemas, ...inputs, ...headers, ...members]
    .filter(({ value }) => !value?.description)
    .map(({ path }) => ({ message: `${path.at(-1)} has no description.`, path }));
}
