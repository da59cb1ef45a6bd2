import type { ValidationFault } from "../../contract/contract.ts";
import { faultOf, pathOf } from "../../contract/rules.ts";
import { DEEPEST, fromWire } from "../../contract/values.ts";
import { epochSeconds, microseconds } from "../../iso-time.ts";
import { isObject, matchesAny, type ValuePath, valueOfFault } from "../../json.ts";
import type { Resource } from "../handlers/resource.ts";
import { rankOf, type StoredRecord } from "../stores/store.ts";
import type { LocatedFault } from "./report.ts";
import type { Segment } from "./segment.ts";

/** A rule that a record breaks. */
export type RecordFault = Pick<LocatedFault, "field" | "rule" | "message">;

/** The end of time in JavaScript, in epoch seconds. */
const LAST_TIME = 8.64e12;

/** The end of the year 9999 in whatever zone. Any time since 1978 in milliseconds, taken for seconds, is beyond it. */
const LAST_YEAR = Date.UTC(10_000, 0, 2) / 1000;

/** The content of a segment of an inventory. */
export interface Reading {
  readonly isPage: boolean;
  /** The records, each as it is stored, or the faults for which it is refused. */
  readonly found: readonly (StoredRecord | RecordFault[])[];
}

/**
 * Makes the function that reads the segments of an inventory. A segment is a record, or a page without the records that
 * are segments of their own.
 *
 * @param collection the collection of records that name none
 */
export function recordReader(
  resource: Resource,
  collection?: string,
): (segment: Pick<Segment, "kind" | "text">) => Reading {
  const { operation, validate } = resource;
  const { items = [], outputToken = [] } = operation.paginated ?? {};
  /** The members of a page: its items, its token, and those that clients add. */
  const pageMembers = new Set([items[0], outputToken[0], "$metadata", "ResponseMetadata", "requestId"]);
  const recordMembers = [resource.name, resource.created, resource.updated];
  const timestamps = operation.timestamps.output
    .filter((path) => items.every((key, at) => path[at] === key))
    .map((path) => path.slice(items.length + 1));

  return ({ kind, text }) => {
    const refused = (message: string): Reading => ({ isPage: false, found: [[{ rule: "json", message }]] });
    if (kind === "broken") return refused(text);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return refused(`${kind === "page" ? "The page " : ""}${notJson(error)}`);
    }
    if (isDeeper(value, DEEPEST)) return refused(`nests deeper than ${DEEPEST} levels`);
    if (kind === "page" || isPage(value))
      return { isPage: true, found: readPage(value as Readonly<Record<string, unknown>>) };
    return { isPage: false, found: [readRecord(value, text)] };
  };

  /** Whether a value in place of a record is a page: it has a page's list, or nothing but a page's other members. */
  function isPage(value: unknown): value is Readonly<Record<string, unknown>> {
    if (!isObject(value)) return false;
    if (items[0] !== undefined && Object.hasOwn(value, items[0])) return memberOfRecord(value) === undefined;
    let count = 0;
    for (const name in value) {
      if (!pageMembers.has(name)) return false;
      count++;
    }
    return count > 0;
  }

  function memberOfRecord(value: object): string | undefined {
    return recordMembers.find((name) => Object.hasOwn(value, name));
  }

  /** Reads the records of a page, and of the pages in their place. */
  function readPage(page: Readonly<Record<string, unknown>>): (StoredRecord | RecordFault[])[] {
    const field = memberOfRecord(page);
    if (field !== undefined)
      return [[{ field, rule: "additionalProperties", message: `stands beside ${items.join(".")}, a page's list` }]];
    let list: unknown = page;
    for (const [at, name] of items.entries()) {
      list = (list as Readonly<Record<string, unknown>>)[name];
      if (list === undefined || list === null) return [];
      const type = at + 1 < items.length ? "object" : "array";
      if (type === "array" ? Array.isArray(list) : isObject(list)) continue;
      const member = items.slice(0, at + 1).join(".");
      return [[{ field: member, rule: "type", message: `must be of type ${type}, not ${shown(list)}` }]];
    }
    const records = list === page ? [] : (list as readonly unknown[]);
    return records.flatMap((value) => (isPage(value) ? readPage(value) : [readRecord(value)]));
  }

  /** @param text the record as it came, when it came by itself */
  function readRecord(record: unknown, text?: string): StoredRecord | RecordFault[] {
    if (!isObject(record)) return [{ rule: "type", message: `must be an object, not ${shown(record)}` }];
    // Only a record that came on one line and needs no change is kept as it came.
    let body = text?.includes("\n") ? undefined : text;
    if (text === undefined || text.includes("null")) {
      fromWire(record);
      body = undefined;
    }
    if (record[resource.collection] === undefined && collection !== undefined) {
      record[resource.collection] = collection;
      body = undefined;
    }
    for (const path of timestamps) if (readTimes(record, path)) body = undefined;
    const faults = faultsOf(record);
    if (faults.length > 0) return faults;
    return {
      collection: record[resource.collection] as string,
      rank: rankOf(timeIn(record[resource.created])),
      name: record[resource.name] as string,
      updated: timeIn(record[resource.updated]),
      body: body ?? JSON.stringify(record),
    };
  }

  function faultsOf(record: Record<string, unknown>): RecordFault[] {
    const faults = validate(record) ? [] : (validate.errors ?? []).map((fault) => inWords(fault, record));
    for (const field of [resource.collection, resource.name]) {
      const value = record[field];
      if (typeof value === "string" || faults.some((fault) => fault.field === field)) continue;
      if (value === undefined) faults.push({ field, rule: "required", message: "is missing" });
      else faults.push({ field, rule: "type", message: `must be of type string, not ${shown(value)}` });
    }
    for (const field of [resource.created, resource.updated]) {
      const time = record[field];
      if (typeof time !== "number") continue;
      if (Math.abs(time) > LAST_TIME) faults.push({ field, rule: "format", message: "is beyond the end of time" });
      else if (time > LAST_YEAR)
        faults.push({ field, rule: "format", message: "looks like milliseconds; must be epoch seconds" });
    }
    return faults;
  }

  /** A validator's fault in words, with the value that it is about. */
  function inWords(fault: ValidationFault, record: Record<string, unknown>): RecordFault {
    const { member: field, rule: words } = faultOf(fault);
    const rule = fault.keyword;
    if (rule === "required") return { field, rule, message: words };
    const path = pathOf(fault);
    const value = valueOfFault(record, path);
    const must = matchesAny(path, timestamps) ? "must be epoch seconds, or an ISO 8601 time with its offset" : words;
    return { field, rule, message: value === undefined ? must : `${must}, not ${shown(value)}` };
  }
}

/** Whether a value nests deeper: `JSON.parse` reads what `JSON.stringify` cannot write. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) if (isDeeper((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}

/** The reason why `JSON.parse` refused, without its position, which is one in the segment and not in the file. */
function notJson(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `is not JSON: ${reason.replace(/ in JSON at position.*/s, "").replace(/\s+/g, " ")}`;
}

function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

/**
 * Turns times in text into epoch seconds, and returns whether there were any. A text that is no time stays: the
 * validator refuses it.
 */
function readTimes(value: unknown, path: ValuePath, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return false;
  const members = value as Record<string, unknown>;
  let isChanged = false;
  for (const name of path[depth] === "*" ? Object.keys(members) : [path[depth]!]) {
    const member = members[name];
    if (depth + 1 < path.length) isChanged = readTimes(member, path, depth + 1) || isChanged;
    else if (typeof member === "string") {
      members[name] = epochSeconds(member) ?? member;
      isChanged = true;
    }
  }
  return isChanged;
}

function timeIn(seconds: unknown): number | null {
  return typeof seconds === "number" ? microseconds(seconds) : null;
}
