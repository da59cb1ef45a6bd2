/** `metadata.ts` and `routes.ts`: what the run time reads of the document. */
import type { ErrorModel, Model, OperationModel } from "../model.ts";
import { literal } from "./text.ts";

const byName = <T>(list: readonly T[], facts: (one: T) => readonly [string, unknown]) =>
  literal(Object.fromEntries(list.map(facts)));

/** What a client reads, and an endpoint too. */
export function metadataFile({ service, operations, errors }: Model): string {
  return `export const service = ${literal(service)} as const;

export const operations = ${byName(operations, operationFacts)} as const;

export const errors = ${byName(errors, errorFacts)} as const;`;
}

/** What the endpoint and the command read, set apart so that no program that bundles a client carries it along. */
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

/** What is as usual is left out: most errors are. */
function errorFacts({ name, retryable, timestamps, nulls, message }: ErrorModel): [string, unknown] {
  const facts = {
    ...(retryable && { retryable }),
    ...(timestamps.length > 0 && { timestamps }),
    ...(nulls.length > 0 && { nulls }),
    ...(message !== "Message" && { message }),
  };
  return [name, facts];
}
