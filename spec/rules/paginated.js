import { follow, inputs, members, operations, outputs } from "./document.js";

/** The names of page tokens in AWS's services. `ClientToken` is an idempotency token. */
const PAGE_TOKEN = /^(next|page|continuation|pagination|start(ing)?)[-_]?(page)?[-_]?token$|^(next[-_]?)?marker$/i;

/** Checks that an operation with a page token has `x-paginated`, and that it has the members named there. */
export default function paginated(document) {
  return operations(document).flatMap((operation) => {
    const { operationId, "x-paginated": pages } = operation.value;
    const path = [...operation.path, "x-paginated"];
    const given = inputs(document, operation);
    const answers = outputs(document, operation);
    if (!pages) {
      const token = [...given, ...answers.flatMap((schema) => members(document, schema))].find(({ name }) =>
        PAGE_TOKEN.test(name),
      );
      const message = `${operationId ?? "The operation"} has the page token ${token?.name} and no x-paginated.`;
      return token ? [{ message, path: operation.path }] : [];
    }
    const faults = [];
    for (const key of ["inputToken", "pageSize"]) {
      if (pages[key] !== undefined && !given.some(({ name }) => name === pages[key])) {
        faults.push({ message: `No parameter or body member is called ${pages[key]}.`, path: [...path, key] });
      }
    }
    for (const key of ["outputToken", "items"]) {
      const found = answers.map((schema) => at(document, schema, pages[key]));
      if (pages[key] !== undefined && !found.some((place) => place?.value)) {
        faults.push({ message: `No successful response has a member ${pages[key]}.`, path: [...path, key] });
      } else if (key === "items" && pages.items !== undefined && !found.some((place) => isCollection(place?.value))) {
        faults.push({ message: `${pages.items} is neither an array nor a map.`, path: [...path, key] });
      }
    }
    return faults;
  });
}

/** The schema at `a.b.c` inside a schema. */
function at(document, schema, dotted) {
  return String(dotted)
    .split(".")
    .reduce((place, name) => place && members(document, follow(document, place)).find((m) => m.name === name), schema);
}

const isCollection = (schema) => schema?.type === "array" || typeof schema?.additionalProperties === "object";
