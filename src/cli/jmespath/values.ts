/** Values as JMESPath sees them: their types, equality, order and truth, as in the AWS CLI's jmespath.py 1.0.1. */
import { isObject } from "../../json.ts";

/** A part of an expression: it turns a value into another. The value of an expression reference (`&name`) is one. */
export type Evaluate = (value: unknown) => unknown;

/** The name of a value's type in JMESPath. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "function" ? "expref" : typeof value;
}

/** Whether a value counts as false: null, false, and empty texts, lists and objects. 0 does not. */
export function isFalse(value: unknown): boolean {
  if (value === "" || value === null || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** `==`: numbers and booleans differ, but not in lists and objects, where Python compares `1` and `true` as equals. */
export function areEqual(a: unknown, b: unknown): boolean {
  return typeOf(a) === typeOf(b) && areAlike(a, b);
}

/** Python's `==`. */
export function areAlike(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => areAlike(one, b[index]));
  if (isObject(a)) {
    const names = Object.keys(a);
    if (!isObject(b) || names.length !== Object.keys(b).length) return false;
    return names.every((name) => Object.hasOwn(b, name) && areAlike(a[name], b[name]));
  }
  return numeric(a) === numeric(b);
}

function numeric(value: unknown): unknown {
  return typeof value === "boolean" ? Number(value) : value;
}

/**
 * The order of two numbers, or of two texts by their code points: negative when `a` comes first.
 * @throws Error for a number and a text
 */
export function order(a: unknown, b: unknown): number {
  if (typeof a === "string" && typeof b === "string") return textOrder(a, b);
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : Number(a > b);
  throw new Error(`a ${typeof a} and a ${typeof b} have no order`);
}

/** JavaScript orders code units, by which a surrogate pair comes before U+FFFF. */
function textOrder(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}
