/** Converts values between the wire and the typed methods: epoch seconds and dates, and null for an absent member. */
import { secondsIn } from "../iso-time.ts";
import type { ValuePath } from "../json.ts";

/** Paths as a tree: by the name of a member (`*` for every one) the paths below it, or "end" where a path ends. */
export type PathTree = ReadonlyMap<string, PathTree> | "end";

export function pathTree(paths: readonly ValuePath[] = []): PathTree {
  if (paths.some((path) => path.length === 0)) return "end";
  const below = (name: string | undefined) => paths.filter((path) => path[0] === name).map((path) => path.slice(1));
  return new Map(paths.map(([name]) => [name as string, pathTree(below(name))]));
}

/**
 * The depth to which values are read. No contract nests deeper, and JSON.parse accepts values that overflow the stack.
 */
export const DEEPEST = 200;

/**
 * Converts a value from the wire in place: epoch seconds become dates, and null members are removed, because null means
 * absent on AWS's wire. A time that cannot be read is removed, too: its type is `Date`. One pass does both, for speed:
 * each pass over a page of jobs takes as much time as half a signature.
 * @param times Paths of epoch seconds.
 * @param nulls Paths at which, and below which, null is a value.
 */
export function fromWire(value: object, times?: PathTree, nulls?: PathTree, depth = 0): void {
  if (depth > DEEPEST) return;
  const timesBelow = times === "end" ? undefined : times;
  const nullsBelow = nulls === "end" ? undefined : nulls;
  const eachTime = timesBelow?.get("*");
  const eachNull = nulls === "end" ? nulls : nullsBelow?.get("*");
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (value[index] === null) continue;
      if (eachTime === "end") value[index] = toDate(value[index]) ?? null;
      else if (typeof value[index] === "object") fromWire(value[index], eachTime, eachNull, depth + 1);
    }
    if (eachNull !== "end" && value.includes(null))
      value.splice(0, value.length, ...value.filter((element) => element !== null));
    return;
  }
  const members = value as Record<string, unknown>;
  for (const name in members) {
    const member = members[name];
    if (member === null) {
      if ((nullsBelow?.get(name) ?? eachNull) !== "end") delete members[name];
      continue;
    }
    const time = timesBelow?.get(name) ?? eachTime;
    if (time !== "end") {
      if (typeof member === "object") fromWire(member as object, time, nullsBelow?.get(name) ?? eachNull, depth + 1);
      continue;
    }
    const date = toDate(member);
    if (date === undefined) delete members[name];
    else members[name] = date;
  }
}

function toDate(value: unknown): Date | undefined {
  const seconds = secondsIn(value);
  // Rounded, because 1757836800.123 * 1000 is not a whole number.
  return seconds === undefined ? undefined : new Date(Math.round(seconds * 1000));
}

/** Converts a date to epoch seconds. Null stays null; other values become a text, which the validator then refuses. */
export function toEpochSeconds(value: unknown): number | string | null {
  if (value === null) return value;
  // Not `instanceof Date`, which is false for a date of another realm.
  const time = Object.prototype.toString.call(value) === "[object Date]" ? (value as Date).getTime() : Number.NaN;
  return Number.isNaN(time) ? "not a Date" : time / 1000;
}
