/** Reads and copies JSON values. */

/** Whether a value is a JSON object, and not a list or null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A path into a JSON value: the names of members, and `*` for every element of a list or member of a map. */
export type ValuePath = readonly string[];

/** The value at a path without `*`; undefined for null and for an absent member. */
export function valueAt(value: unknown, path: ValuePath): unknown {
  let inner = value;
  for (const name of path) inner = isObject(inner) ? inner[name] : undefined;
  return inner ?? undefined;
}

/** The value at the path of a fault, in which an index may lead into a list. */
export function valueOfFault(value: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);
}

/** Whether a path matches one of the patterns, in which `*` stands for any name. */
export function matchesAny(path: ValuePath, patterns: readonly ValuePath[]): boolean {
  return patterns.some(
    (pattern) => pattern.length === path.length && pattern.every((name, i) => name === "*" || name === path[i]),
  );
}

/** Copies a value with a change at the path's end. Lists and objects beside the path are shared with the original. */
export function withValueAt(value: unknown, path: ValuePath, change: (end: unknown) => unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (name === "*") {
    if (Array.isArray(value)) return value.map((element) => withValueAt(element, rest, change));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withValueAt(member, rest, change)]));
  }
  if (!isObject(value) || value[name] === undefined) return value;
  return { ...value, [name]: withValueAt(value[name], rest, change) };
}

/** Cuts a text off after `most` characters, so that it does not fill an error message. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/**
 * The JSON of a value; undefined when it has none: a function, a BigInt, an object that contains itself or nests too
 * deeply.
 */
export function jsonOf(value: unknown, replacer?: (name: string, inner: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replacer);
  } catch {
    return undefined;
  }
}

/** Whether JSON can hold a value as it is: it has no NaN, Infinity or BigInt in it, and does not contain itself. */
export function isJson(value: unknown): boolean {
  if (typeof value === "string" || Number.isFinite(value)) return true;
  let isExact = true;
  const json = jsonOf(value, (_, inner) => {
    isExact &&= typeof inner !== "number" || Number.isFinite(inner);
    return inner;
  });
  return isExact && json !== undefined;
}
