/** Values between the wire and the typed methods: dates for epoch seconds, and nothing for null. */
import type { ValuePath } from "../json.ts";

/** Places in a value: it is one itself, or some of its members (`*` for every one) are or have such places. */
export type Places = ReadonlyMap<string, Places> | "here";

/** Puts the paths to places together. */
export function placesAt(paths: readonly ValuePath[] = []): Places {
  if (paths.some((path) => path.length === 0)) return "here";
  const below = (name: string | undefined) => paths.filter((path) => path[0] === name).map((path) => path.slice(1));
  return new Map(paths.map(([name]) => [name as string, placesAt(below(name))]));
}

/** No contract nests deeper. JSON.parse reads what is deeper than anything can walk. */
export const DEEPEST = 200;

/**
 * Makes of a value from the wire what a method gives, in place: dates for epoch seconds, and nothing for null, which
 * on AWS's wire means absent. In one walk, since each costs a page of jobs as much as half its signature.
 * @param times Where epoch seconds are.
 * @param nulls Where null means more than absent, there and in all below.
 */
export function fromWire(value: object, times?: Places, nulls?: Places, depth = 0): void {
  if (depth > DEEPEST) return;
  const timesBelow = times === "here" ? undefined : times;
  const nullsBelow = nulls === "here" ? undefined : nulls;
  const eachTime = timesBelow?.get("*");
  const eachNull = nulls === "here" ? nulls : nullsBelow?.get("*");
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      if (typeof value[at] === "object" && value[at] !== null) fromWire(value[at], eachTime, eachNull, depth + 1);
      else if (eachTime === "here") value[at] = toDate(value[at]);
    }
    if (eachNull !== "here" && value.includes(null))
      value.splice(0, value.length, ...value.filter((one) => one !== null));
    return;
  }
  const members = value as Record<string, unknown>;
  for (const name in members) {
    const member = members[name];
    if (typeof member === "number") {
      if ((timesBelow?.get(name) ?? eachTime) === "here") members[name] = toDate(member);
    } else if (member === null) {
      if ((nullsBelow?.get(name) ?? eachNull) !== "here") delete members[name];
    } else if (typeof member === "object")
      fromWire(member, timesBelow?.get(name) ?? eachTime, nullsBelow?.get(name) ?? eachNull, depth + 1);
  }
}

/** Of epoch seconds. Milliseconds are whole: 1757836800.123 * 1000 is not. */
function toDate(value: unknown): unknown {
  return typeof value === "number" ? new Date(Math.round(value * 1000)) : value;
}

/** Epoch seconds of a date; anything else is left for the validator to refuse. */
export function toEpochSeconds(value: unknown): unknown {
  // By its tag: a date of another realm is no instance of this one's Date.
  const time = Object.prototype.toString.call(value) === "[object Date]" ? (value as Date).getTime() : Number.NaN;
  return Number.isNaN(time) ? value : time / 1000;
}
