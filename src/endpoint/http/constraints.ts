import type { Operation, ValidationFault } from "../../contract/contract.ts";
import { ErrorResponse } from "./error-response.ts";
import type { FlatInput } from "./read-input.ts";

/** More faults than this are counted but not told. */
const TOLD = 10;

/** The rules of JSON Schema in AWS's words. */
const RULES: Readonly<Record<string, (params: ValidationFault["params"]) => string>> = {
  required: () => "not be null",
  minimum: ({ limit }) => `have value greater than or equal to ${limit}`,
  maximum: ({ limit }) => `have value less than or equal to ${limit}`,
  minLength: ({ limit }) => `have length greater than or equal to ${limit}`,
  maxLength: ({ limit }) => `have length less than or equal to ${limit}`,
  pattern: ({ pattern }) => `satisfy regular expression pattern: ${pattern}`,
  enum: ({ allowedValues }) => `satisfy enum value set: [${(allowedValues as string[]).join(", ")}]`,
};

/**
 * Holds an input against the contract.
 *
 * @throws Fault ValidationException with every violation
 */
export function checkInput(operation: Operation, input: FlatInput): void {
  if (operation.validate(input)) return;
  throw validationFault(
    (operation.validate.errors ?? []).map(({ instancePath, keyword, params }) => {
      const steps = instancePath.split("/").slice(1);
      if (keyword === "required") steps.push(String(params.missingProperty));
      const value = steps.reduce<unknown>((at, step) => (at as FlatInput | undefined)?.[step], input);
      return violation(steps.join("."), value, RULES[keyword]?.(params) ?? `satisfy constraint: ${keyword}`);
    }),
  );
}

/** A broken constraint in AWS's words; `rule` is what the member must do. */
export function violation(member: string, value: unknown, rule: string): string {
  const text = typeof value === "object" ? JSON.stringify(value) : value;
  const shown = value === undefined ? "null" : `'${text}'`;
  return `Value ${shown} at '${member}' failed to satisfy constraint: Member must ${rule}`;
}

/** A ValidationException in AWS's words. */
export function validationFault(violations: readonly string[]): ErrorResponse {
  const count = violations.length;
  const head = `${count} validation error${count === 1 ? "" : "s"} detected: `;
  return new ErrorResponse("ValidationException", head + violations.slice(0, TOLD).join("; "));
}
