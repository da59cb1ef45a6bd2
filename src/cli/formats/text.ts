import { isObject } from "../../json.ts";
import type { OutputFormat } from "./format.ts";

const PYTHON = { null: "None", true: "True", false: "False" };

/**
 * Text in the AWS CLI's layout, page by page. A query is applied to each page, and to an object with the token.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#text-output
 */
export const text: OutputFormat = async function* (parts, { query }) {
  const textOf = (data: unknown) => [...linesOf(query ? query(data) : data)].join("");
  for await (const { page, resumeToken } of parts) {
    yield textOf(page);
    if (resumeToken !== undefined) yield textOf({ NextToken: { NextToken: resumeToken } });
  }
};

/**
 * The lines of a value.
 * @param label The member that holds the value, in capitals, if any.
 * @param columns The members of an object's line. @default the members that hold scalars
 */
function* linesOf(value: unknown, label: readonly string[] = [], columns?: readonly string[]): Generator<string> {
  if (Array.isArray(value) && value.some(isObject)) {
    const shared = [...new Set(value.filter(isObject).flatMap(scalarMembers))].sort();
    for (const element of value) yield* linesOf(element, label, shared);
  } else if (Array.isArray(value)) {
    const scalars = value.filter(isScalar);
    if (label.length > 0) for (const scalar of scalars) yield line([...label, scalar]);
    else if (scalars.length > 0) yield line(scalars);
    for (const element of value) if (!isScalar(element)) yield* linesOf(element, label);
  } else if (isObject(value)) {
    const names = columns ?? scalarMembers(value).sort();
    const cells = names.map((name) => (Object.hasOwn(value, name) ? value[name] : ""));
    if (cells.length > 0) yield line([...label, ...cells]);
    const nested = Object.keys(value).filter((name) => !names.includes(name));
    for (const name of nested.sort()) yield* linesOf(value[name], [name.toUpperCase()]);
  } else yield line([value]);
}

function line(scalars: readonly unknown[]): string {
  const textOf = (value: unknown) => (value === null || typeof value === "boolean" ? PYTHON[`${value}`] : value);
  return `${scalars.map(textOf).join("\t")}\n`;
}

function scalarMembers(record: Record<string, unknown>): string[] {
  return Object.keys(record).filter((name) => isScalar(record[name]));
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
