import type { Operation } from "../../contract/contract.ts";
import { AWS_RULES, pathOf } from "../../contract/rules.ts";
import { valueOfFault } from "../../json.ts";
import { ErrorResponse } from "./error-response.ts";
import type { FlatInput } from "./read-input.ts";

/** The most faults that a message names. All are counted. */
const NAMED = 10;

/**
 * Holds an input against the contract.
 *
 * @throws ErrorResponse ValidationException with every fault
 */
export function checkInput(operation: Operation, input: FlatInput): void {
  if (operation.validate(input)) return;
  throw validationError(
    (operation.validate.errors ?? []).map((fault) => {
      const path = pathOf(fault);
      const value = valueOfFault(input, path);
      const rule = AWS_RULES[fault.keyword]?.(fault.params) ?? `satisfy constraint: ${fault.keyword}`;
      return faultInWords(path.join("."), value, rule);
    }),
  );
}

/** A fault in AWS's words. `rule` goes on after "Member must". */
export function faultInWords(member: string, value: unknown, rule: string): string {
  const text = typeof value === "object" ? JSON.stringify(value) : value;
  const shown = value === undefined ? "null" : `'${text}'`;
  return `Value ${shown} at '${member}' failed to satisfy constraint: Member must ${rule}`;
}

/** The ValidationException for some faults, in AWS's words. */
export function validationError(faults: readonly string[]): ErrorResponse {
  const count = faults.length;
  const head = `${count} validation error${count === 1 ? "" : "s"} detected: `;
  return new ErrorResponse("ValidationException", head + faults.slice(0, NAMED).join("; "));
}
