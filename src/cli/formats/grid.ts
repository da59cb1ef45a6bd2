import { isObject } from "../../json.ts";

/**
 * Any value as rows of cells: a list gives a row for each element, anything else one row. The members of records are
 * columns with titles; the elements of lists are columns, too.
 */
export function gridOf(value: unknown): { titles?: readonly string[]; rows: readonly (readonly unknown[])[] } {
  const elements = Array.isArray(value) ? value : value === null ? [] : [value];
  if (elements.length === 0 || !elements.every(isObject)) return { rows: elements.map((one) => [one].flat()) };
  const titles = [...new Set(elements.flatMap((one) => Object.keys(one)))];
  return { titles, rows: elements.map((one) => titles.map((title) => one[title])) };
}

/** A value as the text of a cell: empty for nothing. */
export function cellOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
