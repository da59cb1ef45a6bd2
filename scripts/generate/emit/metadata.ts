/** Writes `metadata.ts` and `routes.ts`: the facts of the document that the run time reads. */
import type { ErrorModel, Model, OperationModel } from "../model.ts";
import { literal } from "./text.ts";

const byName = <T>(list: readonly T[], facts: (model: T) => readonly [string, unknown]) =>
  literal(Object.fromEntries(list.map(facts)));

/** The facts that client and endpoint both read. */
export function metadataFile({ service, operations, errors }: Model): string {
  return `export const service = ${literal(service)} as const;

export const operations = ${byName(operations, operationFacts)} as const;

export const errors = ${byName(errors, errorFacts)} as const;`;
}

/** The facts that only the endpoint and the command read, in a file of their own: clients do not bundle them. */
export function routesFile({ operations, errors }: Model): string {
  return `/** The method and path of each operation, and the place of each input in the request. */
export const routes = ${byName(operations, routeFacts)} as const;

/** The members of each paginated operation's items, in the document's order. */
export const itemMembers = ${byName(
    operations.filter(({ paginated }) => paginated),
    ({ name, paginated }) => [name, paginated?.itemMembers],
  )} as const;

/** The HTTP statuses of each error. */
export const statuses = ${byName(errors, ({ name, status }) => [name, status])} as const;`;
}

function routeFacts({ name, method, path, inputs }: OperationModel): [string, unknown] {
  return [
    name,
    { method, path, input: Object.fromEntries(inputs.map(({ name, in: at, type }) => [name, { in: at, type }])) },
  ];
}

function operationFacts(operation: OperationModel): [string, unknown] {
  const token = operation.inputs.find((input) => input.idempotencyToken);
  const { itemSchema: _, itemMembers: __, ...paginated } = operation.paginated ?? { itemSchema: [], itemMembers: [] };
  const facts = {
    id: operation.id,
    members: operation.inputs.map(({ name }) => name),
    hasOutput: operation.output !== undefined,
    timestamps: operation.timestamps,
    ...(operation.nulls.length > 0 && { nulls: operation.nulls }),
    ...(operation.paginated && { paginated }),
    ...(token !== undefined && { idempotencyToken: { name: token.name, in: token.in } }),
  };
  return [operation.name, facts];
}

/** The facts of an error that are not the default. Most errors have none. */
function errorFacts({ name, retryable, timestamps, nulls, message }: ErrorModel): [string, unknown] {
  const facts = {
    ...(retryable && { retryable }),
    ...(timestamps.length > 0 && { timestamps }),
    ...(nulls.length > 0 && { nulls }),
    ...(message !== "Message" && { message }),
  };
  return [name, facts];
}
