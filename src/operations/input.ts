/** Inputs on their way to the wire: filled, converted and checked before anything is sent. */
import { randomUUID } from "node:crypto";
import type { Operation, ValidationFault } from "../contract/contract.ts";
import { faultOf } from "../contract/rules.ts";
import { toEpochSeconds } from "../contract/values.ts";
import { InputError } from "../errors.ts";
import { isObject, shortened, withValueAt } from "../json.ts";

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
  const faults = found.map((fault) => faultOf(fault, operation.members));
  const said = faults.map(({ member, rule }) => `${member || "the input"} ${rule}${shown(input, member)}`);
  return new InputError(`${operation.id}: ${said.join("; ")}. Nothing was sent.`, faults);
}

/** The refused value behind its fault, when it is short enough to help. */
function shown(input: unknown, member: string): string {
  let at: unknown = input;
  if (member !== "")
    for (const name of member.split("."))
      at = isObject(at) || Array.isArray(at) ? (at as Record<string, unknown>)[name] : undefined;
  if (at === undefined) return "";
  const text = typeof at === "bigint" || typeof at === "number" ? String(at) : JSON.stringify(at);
  if (text === undefined) return `, not a ${typeof at}`;
  return `, not ${shortened(text, 60)}`;
}
