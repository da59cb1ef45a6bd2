import { isObject } from "../../json.ts";

/**
 * Converts any value to rows of cells: a list becomes a row for each element, any other value one row. The columns are
 * the members of objects, which are the titles, or the elements of lists.
 */
export function gridOf(value: unknown): { titles?: readonly string[]; rows: readonly (readonly unknown[])[] } {
  const elements = Array.isArray(value) ? value : value === null ? [] : [value];
  if (elements.length === 0 || !elements.every(isObject)) return { rows: elements.map((element) => [element].flat()) };
  const titles = [...new Set(elements.flatMap((element) => Object.keys(element)))];
  return { titles, rows: elements.map((element) => titles.map((title) => element[title])) };
}

/** The text of a value in a cell: empty for null and undefined. */
export function cellOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
