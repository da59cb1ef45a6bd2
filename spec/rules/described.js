import { entries, follow, operations, responses } from "./document.js";

/** Every parameter, header, schema and member says what it is: the page, the types and the errors all quote it. */
export default function described(document) {
  const schemas = entries(document, { value: document.components?.schemas, path: ["components", "schemas"] });
  const inputs = operations(document).flatMap(({ parameters }) => parameters);
  const headers = operations(document)
    .flatMap((operation) => responses(document, operation))
    .flatMap(({ value, path }) => entries(document, { value: value?.headers, path: [...path, "headers"] }));
  const members = schemas.flatMap(({ value, path }) =>
    Object.entries(value?.properties ?? {}).map(([key, member]) => ({
      // A description beside a $ref comes before the one that the $ref leads to.
      value: member.description ? member : follow(document, { value: member, path: [] }).value,
      path: [...path, "properties", key],
    })),
  );
  return [...schemas, ...inputs, ...headers, ...members]
    .filter(({ value }) => !value?.description)
    .map(({ path }) => ({ message: `${path.at(-1)} has no description.`, path }));
}
