/** JSON values, as every layer reads them. */

/** Whether a value is a JSON object: neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A path into a JSON value, member by member; `*` stands for every element of a list or value of a map. */
export type ValuePath = readonly string[];

/** The value at a path without `*`; undefined where there is nothing, or null. */
export function valueAt(value: unknown, path: ValuePath): unknown {
  let at = value;
  for (const name of path) at = isObject(at) ? at[name] : undefined;
  return at ?? undefined;
}

/** The value at the path of a fault, which may lead through lists by their indices. */
export function valueOfFault(value: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], value);
}

/** Whether a path is one of those given, in which `*` stands for any name. */
export function isAmong(path: ValuePath, paths: readonly ValuePath[]): boolean {
  return paths.some((one) => one.length === path.length && one.every((name, at) => name === "*" || name === path[at]));
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

/** A text for a message, which a long one would drown. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
