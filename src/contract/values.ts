/** Values between the wire and the typed methods: dates for epoch seconds, and nothing for null. */
import { secondsOf } from "../iso-time.ts";
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
 * on AWS's wire means absent. A time that cannot be read is absent, too: its type is `Date`. In one walk, since each
 * costs a page of jobs as much as half its signature.
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
      if (value[at] === null) continue;
      if (eachTime === "here") value[at] = toDate(value[at]) ?? null;
      else if (typeof value[at] === "object") fromWire(value[at], eachTime, eachNull, depth + 1);
    }
    if (eachNull !== "here" && value.includes(null))
      value.splice(0, value.length, ...value.filter((one) => one !== null));
    return;
  }
  const members = value as Record<string, unknown>;
  for (const name in members) {
    const member = members[name];
    if (member === null) {
      if ((nullsBelow?.get(name) ?? eachNull) !== "here") delete members[name];
      continue;
    }
    const time = timesBelow?.get(name) ?? eachTime;
    if (time !== "here") {
      if (typeof member === "object") fromWire(member as object, time, nullsBelow?.get(name) ?? eachNull, depth + 1);
      continue;
    }
    const date = toDate(member);
    if (date === undefined) delete members[name];
    else members[name] = date;
  }
}

function toDate(value: unknown): Date | undefined {
  const seconds = secondsOf(value);
  // Milliseconds are whole: 1757836800.123 * 1000 is not.
  return seconds === undefined ? undefined : new Date(Math.round(seconds * 1000));
}

/** Epoch seconds of a date; for anything else but null a text, which the validator refuses where a number belongs. */
export function toEpochSeconds(value: unknown): number | string | null {
  if (value === null) return value;
  // By its tag: a date of another realm is no instance of this one's Date.
  const time = Object.prototype.toString.call(value) === "[object Date]" ? (value as Date).getTime() : Number.NaN;
  return Number.isNaN(time) ? "not a Date" : time / 1000;
}
