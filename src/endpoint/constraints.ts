import type { Operation, ValidationFault } from "../contract.ts";
import { Fault } from "./fault.ts";
import type { FlatInput } from "./input.ts";

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

/** One broken constraint. */
export interface Violation {
  /** The input member. */
  readonly member: string;
  readonly value: unknown;
  /** What the member must do, in AWS's words. */
  readonly rule: string;
}

/**
 * Holds an input against the contract.
 *
 * @throws Fault ValidationException with every violation
 */
export function checkInput(operation: Operation, input: FlatInput): void {
  if (operation.validate(input)) return;
  const faults = operation.validate.errors ?? [];
  throw validationFault(faults.map((fault) => violation(fault, input)));
}

/** A ValidationException in AWS's words. */
export function validationFault(violations: readonly Violation[]): Fault {
  const count = violations.length;
  const told = violations.slice(0, TOLD).map(({ member, value, rule }) => {
    const shown = value === undefined ? "null" : `'${value}'`;
    return `Value ${shown} at '${member}' failed to satisfy constraint: Member must ${rule}`;
  });
  const head = `${count} validation error${count === 1 ? "" : "s"} detected: `;
  return new Fault("ValidationException", head + told.join("; "));
}

function violation({ instancePath, keyword, params }: ValidationFault, input: FlatInput): Violation {
  const steps = instancePath.split("/").slice(1);
  if (keyword === "required") steps.push(String(params.missingProperty));
  const value = steps.reduce<unknown>((at, step) => (at as FlatInput | undefined)?.[step], input);
  const rule = RULES[keyword]?.(params) ?? `satisfy constraint: ${keyword}`;
  return { member: steps.join("."), value: typeof value === "object" ? JSON.stringify(value) : value, rule };
}
