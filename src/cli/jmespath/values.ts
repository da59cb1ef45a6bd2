/** The types, equality, order and truth of JMESPath values, as in jmespath.py 1.0.1. */
import { isObject } from "../../json.ts";

/** A compiled expression: a function from value to value. An expression reference (`&name`) has one as its value. */
export type Evaluate = (value: unknown) => unknown;

/** The name of a value's type in JMESPath. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "function" ? "expref" : typeof value;
}

/** Whether a value counts as false: null, false, and empty texts, lists and objects, but not 0. */
export function isFalse(value: unknown): boolean {
  if (value === "" || value === null || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** JMESPath's `==`. `1` and `true` differ, except inside lists and objects, where Python's `==` compares them. */
export function areEqual(a: unknown, b: unknown): boolean {
  return typeOf(a) === typeOf(b) && areAlike(a, b);
}

/** Python's `==`, for which `1` and `true` are equal. */
export function areAlike(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((element, index) => areAlike(element, b[index]));
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
 * Compares two numbers, or two texts by their code points. Negative when `a` comes first.
 * @throws Error for a number and a text
 */
export function order(a: unknown, b: unknown): number {
  if (typeof a === "string" && typeof b === "string") return textOrder(a, b);
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : Number(a > b);
  throw new Error(`a ${typeof a} and a ${typeof b} have no order`);
}

/** Compares code points: JavaScript's `<` compares code units, and puts a surrogate pair before U+FFFF. */
function textOrder(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  return (a.codePointAt(index) ?? -1) - (b.codePointAt(index) ?? -1);
}
