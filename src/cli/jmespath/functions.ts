/** The functions of JMESPath, as jmespath.py 1.0.1 implements them. */
import { areAlike, type Evaluate, order, typeOf } from "./values.ts";

interface Types {
  readonly any: unknown;
  readonly array: readonly unknown[];
  readonly "array-number": readonly number[];
  readonly "array-string": readonly string[];
  readonly expref: Evaluate;
  readonly number: number;
  readonly object: Readonly<Record<string, unknown>>;
  readonly string: string;
}
/** The TypeScript type of a JMESPath type, or of several with bars between them. */
type ValueOf<Type extends string> = Type extends `${infer One extends keyof Types}|${infer More}`
  ? Types[One] | ValueOf<More>
  : Type extends keyof Types
    ? Types[Type]
    : never;
type ValuesOf<Signature extends readonly string[]> = { [At in keyof Signature]: ValueOf<Signature[At]> };

interface Definition {
  /** The types that are allowed for each argument. */
  readonly types: readonly (readonly string[])[];
  /** Whether more arguments of the last type may follow. */
  readonly isVariadic: boolean;
  readonly call: (...args: never) => unknown;
}

function define<const Signature extends readonly string[]>(
  signature: Signature,
  call: (...args: ValuesOf<Signature>) => unknown,
): Definition {
  return { types: signature.map((types) => types.split("|")), isVariadic: false, call };
}

function defineVariadic<const Type extends string>(
  type: Type,
  call: (...args: ValueOf<Type>[]) => unknown,
): Definition {
  return { types: [type.split("|")], isVariadic: true, call };
}

const FUNCTIONS = new Map<string, Definition>(
  Object.entries({
    abs: define(["number"], Math.abs),
    avg: define(["array-number"], (list) => (list.length === 0 ? null : sum(list) / list.length)),
    ceil: define(["number"], Math.ceil),
    contains: define(["array|string", "any"], (subject, search) => {
      if (typeof subject !== "string") return subject.some((element) => areAlike(element, search));
      if (typeof search === "string") return subject.includes(search);
      throw new Error(`contains() finds a string in a string, not ${typeOf(search)}`);
    }),
    ends_with: define(["string", "string"], (text, end) => text.endsWith(end)),
    floor: define(["number"], Math.floor),
    join: define(["string", "array-string"], (glue, list) => list.join(glue)),
    keys: define(["object"], Object.keys),
    length: define(["array|object|string"], (value) => elementsOf(value).length),
    map: define(["expref", "array"], (each, list) => list.map((element) => each(element))),
    max: define(["array-number|array-string"], (list) => extreme(list, itself, -1)),
    max_by: define(["array", "expref"], (list, key) => extreme(list, keyOf(key), -1)),
    merge: defineVariadic("object", (...records) => Object.fromEntries(records.flatMap(Object.entries))),
    min: define(["array-number|array-string"], (list) => extreme(list, itself, 1)),
    min_by: define(["array", "expref"], (list, key) => extreme(list, keyOf(key), 1)),
    not_null: defineVariadic("any", (...values) => values.find((value) => value !== null) ?? null),
    reverse: define(["array|string"], (value) => {
      const reversed = elementsOf(value).reverse();
      return typeof value === "string" ? reversed.join("") : reversed;
    }),
    sort: define(["array-number|array-string"], (list) => [...list].sort(order)),
    sort_by: define(["array", "expref"], sortBy),
    starts_with: define(["string", "string"], (text, start) => text.startsWith(start)),
    sum: define(["array-number"], sum),
    to_array: define(["any"], (value) => (Array.isArray(value) ? value : [value])),
    to_number: define(["any"], toNumber),
    to_string: define(["any"], toText),
    type: define(["any"], (value) => (typeOf(value) === "expref" ? null : typeOf(value))),
    values: define(["object"], Object.values),
  }),
);

/**
 * Calls a function by its name.
 * @throws Error when no function has the name, or the arguments do not fit it
 */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  const definition = FUNCTIONS.get(name);
  if (definition === undefined) throw new Error(`Unknown function: ${name}()`);
  const { types, isVariadic, call } = definition;
  if (isVariadic ? args.length < types.length : args.length !== types.length) {
    const least = isVariadic ? "at least " : "";
    throw new Error(`${name}() takes ${least}${types.length} of arguments, not ${args.length}`);
  }
  for (const [position, value] of args.entries()) {
    const allowed = types[position] ?? types[0]!;
    if (!allowed.some((type) => fits(value, type)))
      throw new Error(`${name}() takes ${allowed.join(" or ")}, not ${typeOf(value)}`);
  }
  return (call as (...args: readonly unknown[]) => unknown)(...args);
}

function fits(value: unknown, type: string): boolean {
  if (type === "any") return true;
  const [outer, inner] = type.split("-");
  return typeOf(value) === outer && (!inner || (value as unknown[]).every((element) => typeOf(element) === inner));
}

function itself(value: unknown): unknown {
  return value;
}

/** The elements of a list, the members of an object, or the characters (code points) of a text. */
function elementsOf(value: Types["array"] | Types["object"] | string): unknown[] {
  return typeof value === "string" ? [...value] : Object.values(value);
}

function sum(list: readonly number[]): number {
  return list.reduce((total, number) => total + number, 0);
}

/** Makes the function that computes the key of an element, and checks that the key is a number or a text. */
function keyOf(key: Evaluate): Evaluate {
  return (element) => {
    const value = key(element);
    if (typeof value === "number" || typeof value === "string") return value;
    throw new Error(`&… gives ${typeOf(value)} for an element, where it must give a number or a string for each`);
  };
}

/** The first element with the least key (direction 1) or the greatest (-1). */
function extreme(list: readonly unknown[], key: Evaluate, direction: 1 | -1): unknown {
  let best: { element: unknown; key: unknown } | undefined;
  for (const element of list) {
    const candidate = { element, key: key(element) };
    if (best === undefined || order(candidate.key, best.key) * direction < 0) best = candidate;
  }
  return best === undefined ? null : best.element;
}

function sortBy(list: readonly unknown[], key: Evaluate): unknown[] {
  const keyed = list.map((element) => ({ element, key: keyOf(key)(element) }));
  return keyed.sort((a, b) => order(a.key, b.key)).map(({ element }) => element);
}

/** Matches Python's numbers, which may have underscores between digits. */
const NUMBER = /^\s*[+-]?(\d+(_\d+)*(\.(\d+(_\d+)*)?)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?\s*$/i;

function toNumber(value: unknown): unknown {
  if (typeof value === "number") return value;
  return typeof value === "string" && NUMBER.test(value) ? Number(value.replaceAll("_", "")) : null;
}

/** JSON as Python writes it: in ASCII. */
function toText(value: unknown): string {
  if (typeof value === "string") return value;
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\x7f-\uffff]/g, escaped);
}
