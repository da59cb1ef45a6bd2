/** Rows and columns of any value, for the forms that have such. */
import { isObject } from "../../values.ts";

/** A grid of cells; without titles, its columns have no names. */
export interface Grid {
  readonly titles: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
}

/**
 * A list gives a row for each element, anything else one row. A record's members are columns, and so are a list's
 * elements.
 */
export function gridOf(value: unknown): Grid {
  const elements = Array.isArray(value) ? value : value === null ? [] : [value];
  if (elements.length > 0 && elements.every(isObject)) {
    const titles = [...new Set(elements.flatMap((one) => Object.keys(one)))];
    return { titles, rows: elements.map((one) => titles.map((title) => cell(one[title]))) };
  }
  return { titles: undefined, rows: elements.map((one) => (Array.isArray(one) ? one : [one]).map(cell)) };
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
