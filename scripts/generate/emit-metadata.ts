/** `metadata.ts`: what the run time reads of the document. */
import type { ErrorModel, Model, OperationModel } from "./model.ts";
import { literal } from "./text.ts";

export function metadataFile({ service, operations, errors }: Model): string {
  const byName = <T>(list: readonly T[], facts: (one: T) => readonly [string, unknown]) =>
    literal(Object.fromEntries(list.map(facts)));
  return `export const service = ${literal(service)} as const;

export const operations = ${byName(operations, operationFacts)} as const;

export const errors = ${byName(errors, errorFacts)} as const;`;
}

function operationFacts(operation: OperationModel): [string, unknown] {
  const token = operation.inputs.find((input) => input.idempotencyToken)?.name;
  const { itemSchema: _, ...paginated } = operation.paginated ?? { itemSchema: [] };
  const facts = {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    input: Object.fromEntries(operation.inputs.map((input) => [input.name, { in: input.in, type: input.type }])),
    hasOutput: operation.output !== undefined,
    timestamps: operation.timestamps,
    ...(operation.paginated && { paginated }),
    ...(token !== undefined && { idempotencyToken: token }),
  };
  return [operation.name, facts];
}

/** What is as usual is left out: most errors are. */
function errorFacts({ name, status, retryable, timestamps, message }: ErrorModel): [string, unknown] {
  const facts = {
    status,
    retryable,
    ...(timestamps.length > 0 && { timestamps }),
    ...(message !== "Message" && { message }),
  };
  return [name, facts];
}
