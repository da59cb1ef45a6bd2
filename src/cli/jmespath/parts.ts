/** The parts of a JMESPath expression, as functions of the value that they apply to. */
import { isObject } from "../../json.ts";
import { callFunction } from "./functions.ts";
import { areEqual, type Evaluate, isFalse, order } from "./values.ts";

export const identity: Evaluate = (value) => value;

export function constant(value: unknown): Evaluate {
  return () => value;
}

export function field(name: string): Evaluate {
  return (value) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : null);
}

export function chain(first: Evaluate, second: Evaluate): Evaluate {
  return (value) => second(first(value));
}

export function index(position: number): Evaluate {
  return (value) => (Array.isArray(value) ? (value.at(position) ?? null) : null);
}

/** Python's slice. An omitted bound is the end of the list that fits the direction of the step. */
export function slice([from, to, step = 1]: readonly (number | undefined)[]): Evaluate {
  return (value) => {
    if (!Array.isArray(value)) return null;
    if (step === 0) throw new Error("the step of a slice is 0");
    const [lowest, highest] = step > 0 ? [0, value.length] : [-1, value.length - 1];
    const bounded = (bound: number) => Math.min(Math.max(bound < 0 ? bound + value.length : bound, lowest), highest);
    const start = from === undefined ? (step > 0 ? lowest : highest) : bounded(from);
    const end = to === undefined ? (step > 0 ? highest : lowest) : bounded(to);
    const found: unknown[] = [];
    for (let i = start; step > 0 ? i < end : i > end; i += step) found.push(value[i]);
    return found;
  };
}

export function flatten(list: Evaluate): Evaluate {
  return (value) => {
    const elements = list(value);
    return Array.isArray(elements) ? elements.flat() : null;
  };
}

/** Applies a part to each element that meets the condition, and drops results of null. */
export function project(list: Evaluate, each: Evaluate, condition?: Evaluate): Evaluate {
  return (value) => {
    const elements = list(value);
    return Array.isArray(elements) ? collect(elements, each, condition) : null;
  };
}

export function projectValues(record: Evaluate, each: Evaluate): Evaluate {
  return (value) => {
    const members = record(value);
    return isObject(members) ? collect(Object.values(members), each) : null;
  };
}

function collect(elements: readonly unknown[], each: Evaluate, condition?: Evaluate): unknown[] {
  const found: unknown[] = [];
  for (const element of elements) {
    if (condition && isFalse(condition(element))) continue;
    const result = each(element);
    if (result !== null) found.push(result);
  }
  return found;
}

export function list(elements: readonly Evaluate[]): Evaluate {
  return (value) => (value === null ? null : elements.map((element) => element(value)));
}

export function record(members: readonly (readonly [string, Evaluate])[]): Evaluate {
  return (value) =>
    value === null ? null : Object.fromEntries(members.map(([name, member]) => [name, member(value)]));
}

export function call(name: string, args: readonly Evaluate[]): Evaluate {
  return (value) =>
    callFunction(
      name,
      args.map((arg) => arg(value)),
    );
}

export function not(operand: Evaluate): Evaluate {
  return (value) => isFalse(operand(value));
}

export function or(left: Evaluate, right: Evaluate): Evaluate {
  return (value) => {
    const first = left(value);
    return isFalse(first) ? right(value) : first;
  };
}

export function and(left: Evaluate, right: Evaluate): Evaluate {
  return (value) => {
    const first = left(value);
    return isFalse(first) ? first : right(value);
  };
}

const COMPARATORS: Readonly<Record<string, (a: unknown, b: unknown) => boolean | null>> = {
  "==": areEqual,
  "!=": (a, b) => !areEqual(a, b),
  "<": ordered((sign) => sign < 0),
  "<=": ordered((sign) => sign <= 0),
  ">": ordered((sign) => sign > 0),
  ">=": ordered((sign) => sign >= 0),
};

/** Compares numbers, as the specification says, and texts, as jmespath.py does: queries compare times so. */
function ordered(holds: (sign: number) => boolean) {
  const hasOrder = (value: unknown) => typeof value === "number" || typeof value === "string";
  return (a: unknown, b: unknown) => (hasOrder(a) && hasOrder(b) ? holds(order(a, b)) : null);
}

export function isComparator(operator: string): boolean {
  return Object.hasOwn(COMPARATORS, operator);
}

export function compare(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const comparator = COMPARATORS[operator]!;
  return (value) => comparator(left(value), right(value));
}
