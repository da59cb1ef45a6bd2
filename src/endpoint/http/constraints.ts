import type { Operation } from "../../contract/contract.ts";
import { AWS_RULES, pathOf } from "../../contract/rules.ts";
import { valueOfFault } from "../../json.ts";
import { ErrorResponse } from "./error-response.ts";
import type { FlatInput } from "./read-input.ts";

/** Faults beyond these are counted, and not named. */
const NAMED = 10;

/**
 * Holds an input against the contract.
 *
 * @throws ErrorResponse ValidationException with every violation
 */
export function checkInput(operation: Operation, input: FlatInput): void {
  if (operation.validate(input)) return;
  throw validationFault(
    (operation.validate.errors ?? []).map((fault) => {
      const path = pathOf(fault);
      const value = valueOfFault(input, path);
      const rule = AWS_RULES[fault.keyword]?.(fault.params) ?? `satisfy constraint: ${fault.keyword}`;
      return violation(path.join("."), value, rule);
    }),
  );
}

/** A broken constraint in AWS's words; `rule` tells what the member must do. */
export function violation(member: string, value: unknown, rule: string): string {
  const text = typeof value === "object" ? JSON.stringify(value) : value;
  const shown = value === undefined ? "null" : `'${text}'`;
  return `Value ${shown} at '${member}' failed to satisfy constraint: Member must ${rule}`;
}

/** A ValidationException in AWS's words. */
export function validationFault(violations: readonly string[]): ErrorResponse {
  const count = violations.length;
  const head = `${count} validation error${count === 1 ? "" : "s"} detected: `;
  return new ErrorResponse("ValidationException", head + violations.slice(0, NAMED).join("; "));
}
