/** Inputs on their way to the wire: filled, converted and checked before anything is sent. */
import { randomUUID } from "node:crypto";
import type { Operation, ValidationFault } from "../contract/contract.ts";
import { PLAIN_RULES, pathOf } from "../contract/rules.ts";
import { toEpochSeconds, withValueAt } from "../contract/values.ts";
import { InputError, type InputFault } from "../errors.ts";
import { isObject, shortened } from "../json.ts";

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

/** A fault in words. */
export function faultOf(fault: ValidationFault, members: readonly string[] = []): InputFault {
  const { keyword, params } = fault;
  const member = pathOf(fault).join(".");
  if (keyword === "required") return { member, rule: "is missing" };
  if (keyword === "additionalProperties") {
    const name = String(params.additionalProperty);
    const near = members.find((known) => known.toLowerCase() === name.toLowerCase());
    const known = near ? `did you mean ${near}?` : members.length > 0 ? `there are ${members.join(", ")}` : "";
    return { member, rule: `is no member of the input${known && ` (${known})`}` };
  }
  const rule = PLAIN_RULES[keyword]?.(params);
  const figures = Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : "";
  return { member, rule: rule ? `must ${rule}` : `breaks the rule ${keyword}${figures}` };
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
