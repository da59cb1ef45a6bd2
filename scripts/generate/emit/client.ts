/** Writes `client.ts`: the openapi-fetch client, and a typed call for each operation. */

import type { Input, Model, OperationModel } from "../model.ts";
import { wireInput } from "./input.ts";
import { referTo, type TypesFile } from "./types.ts";

export function clientFile({ operations }: Model, types: TypesFile["types"]): string {
  const paths = referTo(types, "paths", "number");
  const hasInputs = operations.some(({ inputs }) => inputs.length > 0);
  return `import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { ${hasInputs ? "operations, " : ""}paths } from "./types.js";

/** The typed openapi-fetch client. */
export type Raw = Client<${paths}, "application/json">;

/** Makes the typed openapi-fetch client. */
export const connect = (options: ClientOptions): Raw => createClient<${paths}, "application/json">(options);

/** Options of a call beside its input. */
export interface Init {
  fetch: (request: Request) => Promise<Response>;
}
${hasInputs ? PICK : ""}${operations.map((operation) => wireInput(operation, types)).join("")}
/** One call for each operation: it takes a client and a flat input in wire form. */
export const calls = {
${operations.map(callOf).join("\n")}
};`;
}

const PICK = `
function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  const picked = {} as Pick<T, K>;
  for (const name of names) if (from[name] !== undefined) picked[name] = from[name];
  return picked;
}
`;

function callOf(operation: OperationModel): string {
  const pickAll = (where: Input["in"]) => {
    const names = operation.inputs.filter((input) => input.in === where).map((input) => JSON.stringify(input.name));
    return names.length > 0 && `pick(input, ${names.join(", ")})`;
  };
  const params = (["path", "query", "header"] as const).flatMap((where) => {
    const picked = pickAll(where);
    return picked ? [`${where}: ${picked}`] : [];
  });
  const body = pickAll("body");
  const input = operation.inputs.length > 0 ? "input" : "_input";
  const init = `{
      ...init,${params.length > 0 ? `\n      params: { ${params.join(", ")} },` : ""}${body ? `\n      body: ${body},` : ""}
    }`;
  return `  ${operation.name}: (client: Raw, ${input}: ${operation.id}Wire, init: Init) =>
    client.${operation.method}(${JSON.stringify(operation.path)}, ${operation.inputs.length > 0 ? init : "{ ...init }"}),`;
}
