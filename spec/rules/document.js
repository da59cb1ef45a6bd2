/**
 * Functions of all rules: they read an OpenAPI document with its references, so that every result points at the line to
 * edit and an error keeps the name that its `$ref` gives it.
 *
 * @typedef {(string | number)[]} Path
 * @typedef {{ value: any, path: Path }} Place
 */

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options"];

/**
 * Follows `#/…` references to the place of the value.
 * @param {any} document
 * @param {Place} place
 * @returns {Place}
 */
export function follow(document, { value, path }) {
  const seen = new Set();
  while (typeof value?.$ref === "string" && value.$ref.startsWith("#/") && !seen.has(value.$ref)) {
    seen.add(value.$ref);
    path = value.$ref
      .slice(2)
      .split("/")
      .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
    value = path.reduce((node, key) => node?.[key], document);
  }
  return { value, path };
}

/**
 * The entries of a map, with their references followed.
 * @param {any} document
 * @param {Place} map
 * @returns {(Place & { key: string })[]}
 */
export function entries(document, { value, path }) {
  return Object.entries(value ?? {}).map(([key, member]) => ({
    key,
    ...follow(document, { value: member, path: [...path, key] }),
  }));
}

/** Every operation of the document, with the parameters of its path. */
export function operations(document) {
  return entries(document, { value: document.paths, path: ["paths"] }).flatMap(({ value: item, path }) =>
    METHODS.filter((method) => item?.[method]).map((method) => {
      const operation = { value: item[method], path: [...path, method] };
      const parameters = [
        ...entries(document, { value: item.parameters, path: [...path, "parameters"] }),
        ...entries(document, { value: operation.value.parameters, path: [...operation.path, "parameters"] }),
      ];
      return { ...operation, parameters };
    }),
  );
}

/** The media types of a body or a response. */
export function contents(document, { value, path }) {
  return entries(document, { value: value?.content, path: [...path, "content"] });
}

/** The responses of an operation, by status. */
export function responses(document, operation) {
  return entries(document, { value: operation.value.responses, path: [...operation.path, "responses"] });
}

/**
 * The errors of a response: each schema that its media types allow, under the name of its `$ref` (undefined when it is
 * written in place).
 */
export function errors(document, response) {
  return contents(document, response).flatMap((media) => {
    const schema = { value: media.value?.schema, path: [...media.path, "schema"] };
    const union = ["anyOf", "oneOf"].find((keyword) => Array.isArray(schema.value?.[keyword]));
    const branches = union
      ? schema.value[union].map((value, index) => ({ value, path: [...schema.path, union, index] }))
      : [schema];
    return branches
      .filter((branch) => branch.value)
      .map((branch) => ({
        ...follow(document, branch),
        name: branch.value.$ref?.split("/").pop(),
        written: branch.path,
        media,
      }));
  });
}

/** The members that a caller gives an operation: its parameters and the members of its JSON body. */
export function inputs(document, operation) {
  const parameters = operation.parameters.map(({ value, path }) => ({
    name: value?.name,
    ...follow(document, { value: value?.schema, path: [...path, "schema"] }),
  }));
  const body = follow(document, { value: operation.value.requestBody, path: [...operation.path, "requestBody"] });
  return [...parameters, ...contents(document, body).flatMap((media) => members(document, schemaOf(document, media)))];
}

/** The members of an object's schema. */
export function members(document, schema) {
  const properties = { value: schema.value?.properties, path: [...schema.path, "properties"] };
  return entries(document, properties).map(({ key, ...place }) => ({ name: key, ...place }));
}

/** The schema of a media type, parameter or header. */
export function schemaOf(document, { value, path }) {
  return follow(document, { value: value?.schema, path: [...path, "schema"] });
}

/** The schemas of an operation's successful bodies. */
export function outputs(document, operation) {
  return responses(document, operation)
    .filter(({ key }) => key.startsWith("2"))
    .flatMap((response) => contents(document, response))
    .map((media) => schemaOf(document, media));
}

export const isError = ({ key: status }) => !/^[123]/.test(status);
