import { isObject } from "../../json.ts";

/**
 * Any value as rows of cells: a list gives a row for each element, anything else one row. The members of records are
 * columns with titles; the elements of lists are columns, too.
 */
export function gridOf(value: unknown): { titles?: readonly string[]; rows: readonly (readonly string[])[] } {
  const elements = Array.isArray(value) ? value : value === null ? [] : [value];
  if (elements.length === 0 || !elements.every(isObject))
    return { rows: elements.map((one) => [one].flat().map(cell)) };
  const titles = [...new Set(elements.flatMap((one) => Object.keys(one)))];
  return { titles, rows: elements.map((one) => titles.map((title) => cell(one[title]))) };
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
