/** `metadata.ts` and `routes.ts`: what the run time reads of the document. */
import type { ErrorModel, Model, OperationModel } from "../model.ts";
import { literal } from "./text.ts";

const byName = <T>(list: readonly T[], facts: (one: T) => readonly [string, unknown]) =>
  literal(Object.fromEntries(list.map(facts)));

/** The metadata that both client and endpoint read. */
export function metadataFile({ service, operations, errors }: Model): string {
  return `export const service = ${literal(service)} as const;

export const operations = ${byName(operations, operationFacts)} as const;

export const errors = ${byName(errors, errorFacts)} as const;`;
}

/** The metadata that only the endpoint and the command read: a file of its own, so that no bundle of a client carries it. */
export function routesFile({ operations, errors }: Model): string {
  return `/** How each operation is asked for, and where each member of its input travels. */
export const routes = ${byName(operations, routeFacts)} as const;

/** The members of the items that a paginated operation lists, in the document's order. */
export const itemMembers = ${byName(
    operations.filter(({ paginated }) => paginated),
    ({ name, paginated }) => [name, paginated?.itemMembers],
  )} as const;

/** The HTTP statuses that each error comes with. */
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

/** The shape of an error, its defaults left out: most errors have only those. */
function errorFacts({ name, retryable, timestamps, nulls, message }: ErrorModel): [string, unknown] {
  const facts = {
    ...(retryable && { retryable }),
    ...(timestamps.length > 0 && { timestamps }),
    ...(nulls.length > 0 && { nulls }),
    ...(message !== "Message" && { message }),
  };
  return [name, facts];
}
