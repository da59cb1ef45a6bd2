/** Completes, converts and checks the input of a method before anything is sent. */
import { randomUUID } from "node:crypto";
import type { Operation, ValidationFault } from "../contract/contract.ts";
import { faultOf, pathOf } from "../contract/rules.ts";
import { toEpochSeconds } from "../contract/values.ts";
import { InputError, type InputFault } from "../errors.ts";
import { isJson, isObject, jsonOf, matchesAny, shortened, valueOfFault, withValueAt } from "../json.ts";

/**
 * Returns a method's input as the wire takes it: without undefined members, with an idempotency token, and with epoch
 * seconds for dates.
 * @throws InputError with every fault of the input
 */
export function wireInput(operation: Operation, input: unknown): Record<string, unknown> {
  let wire: unknown = input;
  if (isObject(input)) {
    const members = { ...input };
    for (const [name, value] of Object.entries(members)) if (value === undefined) delete members[name];
    const token = operation.idempotencyToken?.name;
    if (token !== undefined && !Object.hasOwn(members, token)) members[token] = randomUUID();
    wire = members;
    for (const path of operation.timestamps.input) wire = withValueAt(wire, path, toEpochSeconds);
  }
  if (!isValid(operation, wire)) throw brokenRules(operation, input, operation.validate.errors ?? []);
  const faults = Object.entries(wire as object)
    .filter(([, value]) => !isJson(value))
    .map(([member]) => ({ member, rule: "must have no NaN, Infinity or BigInt in it, and not contain itself" }));
  if (faults.length > 0) throw inputError(operation, faults);
  return wire as Record<string, unknown>;
}

function isValid(operation: Operation, wire: unknown): boolean {
  try {
    return operation.validate(wire);
  } catch {
    // A recursive schema overflows the stack for an object that contains itself. That fault is found afterwards.
    return true;
  }
}

function brokenRules(operation: Operation, input: unknown, broken: readonly ValidationFault[]): InputError {
  const faults: InputFault[] = [];
  const texts: string[] = [];
  for (const fault of broken) {
    const path = pathOf(fault);
    let { member, rule } = faultOf(fault, operation.members);
    if (matchesAny(path, operation.timestamps.input) && fault.keyword !== "required") rule = "must be a valid Date";
    faults.push({ member, rule });
    // A missing or unknown member breaks the rule by its name, whatever its value.
    const isAboutName = fault.keyword === "required" || fault.keyword === "additionalProperties";
    texts.push(`${member || "the input"} ${rule}${isAboutName ? "" : butNot(valueOfFault(input, path))}`);
  }
  return inputError(operation, faults, texts);
}

function inputError(
  { id }: Operation,
  faults: readonly InputFault[],
  texts: readonly string[] = faults.map(({ member, rule }) => `${member} ${rule}`),
): InputError {
  return new InputError(`${id}: ${texts.join("; ")}. Nothing was sent.`, faults);
}

/** The end of a fault's text: the refused value, shortened. */
function butNot(value: unknown): string {
  if (value === undefined) return "";
  const isPlain = typeof value === "bigint" || typeof value === "number" || value instanceof Date;
  const text = isPlain ? String(value) : jsonOf(value);
  if (text !== undefined) return `, not ${shortened(text, 60)}`;
  return typeof value === "object" ? ", not an object that JSON cannot hold" : `, not a ${typeof value}`;
}
