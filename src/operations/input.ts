/** Inputs on their way to the wire: filled, converted and checked before anything is sent. */
import { randomUUID } from "node:crypto";
import type { Operation, ValidationFault } from "../contract/contract.ts";
import { faultOf, pathOf } from "../contract/rules.ts";
import { toEpochSeconds } from "../contract/values.ts";
import { InputError, type InputFault } from "../errors.ts";
import { isAmong, isObject, shortened, valueOfFault, withValueAt } from "../json.ts";

/** A method's input in wire form. Throws an {@link InputError} that lists every fault. */
export function wireInput(operation: Operation, input: unknown): Record<string, unknown> {
  let wire: unknown = input;
  if (isObject(input)) {
    // A member that is undefined counts as left out.
    const given = { ...input };
    for (const [name, value] of Object.entries(given)) if (value === undefined) delete given[name];
    const token = operation.idempotencyToken?.name;
    if (token !== undefined && !Object.hasOwn(given, token)) given[token] = randomUUID();
    wire = given;
    for (const path of operation.timestamps.input) wire = withValueAt(wire, path, toEpochSeconds);
  }
  if (!operation.validate(wire)) throw inputError(operation, input, operation.validate.errors ?? []);
  return wire as Record<string, unknown>;
}

function inputError(operation: Operation, input: unknown, found: readonly ValidationFault[]): InputError {
  const faults: InputFault[] = [];
  const said: string[] = [];
  for (const fault of found) {
    const path = pathOf(fault);
    let { member, rule } = faultOf(fault, operation.members);
    if (isAmong(path, operation.timestamps.input) && fault.keyword !== "required") rule = "must be a valid Date";
    faults.push({ member, rule });
    // The value of a member that may not be there says nothing about its name.
    const isName = fault.keyword === "required" || fault.keyword === "additionalProperties";
    said.push(`${member || "the input"} ${rule}${isName ? "" : shown(valueOfFault(input, path))}`);
  }
  return new InputError(`${operation.id}: ${said.join("; ")}. Nothing was sent.`, faults);
}

/** The refused value behind its fault, shortened. */
function shown(value: unknown): string {
  if (value === undefined) return "";
  const isPlain = typeof value === "bigint" || typeof value === "number" || value instanceof Date;
  const text = isPlain ? String(value) : JSON.stringify(value);
  return text === undefined ? `, not a ${typeof value}` : `, not ${shortened(text, 60)}`;
}
