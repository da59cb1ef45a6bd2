import type { Operation, ValidationFault, Validator, ValuePath } from "../../contract.ts";
import { faultOf } from "../../input.ts";
import { fromWire, isObject } from "../../values.ts";
import type { Resource } from "../resource.ts";
import type { StoredRecord } from "../store.ts";
import { epochSeconds } from "./epoch.ts";

/** A rule that a record breaks. */
export interface RecordFault {
  /** The member, with dots for nested ones; none when it is about the record as a whole. */
  readonly field?: string;
  /** The rule's keyword in JSON Schema, such as `pattern`; `json` when the record is no JSON. */
  readonly rule: string;
  /** The rule in words, which follow the member's name. */
  readonly message: string;
}

/** How records are read and checked. */
export interface RecordRules {
  readonly resource: Resource;
  /** The operation that lists them. */
  readonly operation: Operation;
  /** Checks one record in wire form. */
  readonly validate: Validator;
  /** The collection of records that name none. */
  readonly collection?: string | undefined;
}

/** The end of time in JavaScript, in ms since 1970. */
const LAST_TIME = 8.64e15;

/**
 * Makes the function that turns the JSON of a record into what is stored, or into its faults. A page without a list of
 * records comes here too, and is told apart by what else pages have.
 */
export function recordReader(rules: RecordRules): (json: string) => StoredRecord | RecordFault[] | "page" {
  const { resource, operation, validate, collection } = rules;
  const { items = [], outputToken = [] } = operation.paginated ?? {};
  const pageMembers = [items[0], outputToken[0], "$metadata", "ResponseMetadata"].filter((key) => key !== undefined);
  const timestamps = operation.timestamps.output
    .filter((path) => items.every((key, at) => path[at] === key))
    .map((path) => path.slice(items.length + 1));

  return (json) => {
    let record: unknown;
    try {
      record = JSON.parse(json);
    } catch (error) {
      return [{ rule: "json", message: notJson(error) }];
    }
    if (!isObject(record)) return [{ rule: "type", message: `must be an object, not ${shown(record)}` }];
    if (typeof record[resource.name] !== "string" && pageMembers.some((key) => key in record)) return "page";

    // Only what came on one line and needs no change is kept as it came.
    let asItCame = !json.includes("\n");
    if (json.includes("null")) {
      fromWire(record);
      asItCame = false;
    }
    for (const path of timestamps) if (readTimes(record, path, 0)) asItCame = false;
    if (record[resource.collection] === undefined && collection !== undefined) {
      record[resource.collection] = collection;
      asItCame = false;
    }

    const { [resource.collection]: listedUnder, [resource.name]: name } = record;
    const created = milliseconds(record[resource.created]);
    const updated = milliseconds(record[resource.updated]);
    const isGood = validate(record) && typeof listedUnder === "string" && typeof name === "string";
    if (!isGood || !inTime(created) || !inTime(updated)) return faultsOf(record);
    return { collection: listedUnder, name, created, updated, body: asItCame ? json : JSON.stringify(record) };
  };

  function faultsOf(record: Record<string, unknown>): RecordFault[] {
    const found = validate(record) ? [] : (validate.errors ?? []);
    const faults = found.map((fault) => inWords(fault, record, timestamps));
    for (const field of [resource.collection, resource.name]) {
      if (typeof record[field] === "string" || faults.some((fault) => fault.field === field)) continue;
      const isMissing = record[field] === undefined;
      const rule = isMissing ? "required" : "type";
      faults.push({
        field,
        rule,
        message: isMissing ? "is missing" : `must be of type string, not ${shown(record[field])}`,
      });
    }
    for (const field of [resource.created, resource.updated]) {
      if (inTime(milliseconds(record[field]))) continue;
      faults.push({ field, rule: "format", message: "is beyond the end of time" });
    }
    return faults;
  }
}

/** Why `JSON.parse` refused, without a position that is counted from who knows where. */
export function notJson(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `is not JSON: ${reason.replace(/ in JSON at position.*/s, "").replace(/\s+/g, " ")}`;
}

/** A validator's fault in words, with the value that it is about. */
export function inWords(
  fault: ValidationFault,
  record: Record<string, unknown>,
  timestamps: readonly ValuePath[] = [],
): RecordFault {
  const { member, rule } = faultOf(fault);
  if (fault.keyword === "required") return { field: member, rule: fault.keyword, message: rule };
  const path = member.split(".");
  const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], record);
  const isTime = timestamps.some(
    (time) => time.length === path.length && time.every((key, i) => key === "*" || key === path[i]),
  );
  const words = isTime ? "must be epoch seconds, or an ISO 8601 time with its offset" : rule;
  const message = value === undefined ? words : `${words}, not ${shown(value)}`;
  return { field: member, rule: fault.keyword, message };
}

function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

function milliseconds(seconds: unknown): number | null {
  return typeof seconds === "number" ? Math.round(seconds * 1000) : null;
}

/** Whether a `Date` can tell the time. */
function inTime(ms: number | null): boolean {
  return ms === null || Math.abs(ms) <= LAST_TIME;
}

/** Puts epoch seconds where times stand as text. A text that is no time stays, for the validator to refuse. */
function readTimes(value: unknown, path: ValuePath, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  const members = value as Record<string, unknown>;
  const key = path[depth]!;
  if (key !== "*") return readTime(members, key, path, depth);
  let changed = false;
  for (const each in members) changed = readTime(members, each, path, depth) || changed;
  return changed;
}

function readTime(members: Record<string, unknown>, key: string, path: ValuePath, depth: number): boolean {
  const member = members[key];
  if (depth + 1 < path.length) return readTimes(member, path, depth + 1);
  const seconds = typeof member === "string" ? epochSeconds(member) : undefined;
  if (seconds === undefined) return false;
  members[key] = seconds;
  return true;
}
