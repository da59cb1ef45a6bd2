/** Values between the wire and the typed methods: dates for epoch seconds, and nothing for null. */
import type { ValuePath } from "./contract.ts";

/** What stands at a path, `*` not among its members; undefined where there is nothing, or null. */
export function valueAt(value: unknown, path: ValuePath): unknown {
  let at = value;
  for (const name of path) at = isObject(at) ? at[name] : undefined;
  return at ?? undefined;
}

/** A copy of the value with the path's end replaced; lists and objects beside the path are shared, not copied. */
export function withValueAt(value: unknown, path: ValuePath, change: (end: unknown) => unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (name === "*") {
    if (Array.isArray(value)) return value.map((one) => withValueAt(one, rest, change));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withValueAt(one, rest, change)]));
  }
  if (!isObject(value) || value[name] === undefined) return value;
  return { ...value, [name]: withValueAt(value[name], rest, change) };
}

/** Turns epoch seconds at the path into dates, in place: the value was parsed for this one call. */
export function revive(value: unknown, path: ValuePath, depth = 0): void {
  const name = path[depth];
  if (name === undefined || typeof value !== "object" || value === null) return;
  const container = value as Record<string, unknown>;
  if (name === "*") {
    for (const key in container) reviveMember(container, key, path, depth);
  } else reviveMember(container, name, path, depth);
}

function reviveMember(container: Record<string, unknown>, name: string, path: ValuePath, depth: number): void {
  const value = container[name];
  if (depth + 1 < path.length) revive(value, path, depth + 1);
  // Milliseconds are whole: 1757836800.123 * 1000 is not.
  else if (typeof value === "number") container[name] = new Date(Math.round(value * 1000));
}

/** Epoch seconds of a date; anything else is left for the validator to refuse. */
export function toEpochSeconds(value: unknown): unknown {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.getTime() / 1000 : value;
}

/** Removes null members and list entries, in place: on AWS's wire null means absent. */
export function dropNulls(value: unknown): void {
  if (Array.isArray(value)) {
    for (const one of value) dropNulls(one);
    if (value.includes(null)) value.splice(0, value.length, ...value.filter((one) => one !== null));
  } else if (isObject(value)) {
    for (const name in value)
      if (value[name] === null) delete value[name];
      else if (typeof value[name] === "object") dropNulls(value[name]);
  }
}

/** Whether a value is a JSON object: neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
