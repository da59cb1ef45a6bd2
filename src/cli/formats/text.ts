import { isObject } from "../../json.ts";
import type { OutputFormat } from "./format.ts";

const PYTHON = { null: "None", true: "True", false: "False" };

/**
 * Text as the AWS CLI prints it, page by page, the query applied to each and to the token:
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
 * @param label the member that holds the value, in capitals, if any
 * @param columns the members of a record's line @default those that hold scalars
 */
function* linesOf(value: unknown, label: readonly string[] = [], columns?: readonly string[]): Generator<string> {
  if (Array.isArray(value) && value.some(isObject)) {
    const shared = [...new Set(value.filter(isObject).flatMap(scalarMembers))].sort();
    for (const one of value) yield* linesOf(one, label, shared);
  } else if (Array.isArray(value)) {
    const scalars = value.filter(isScalar);
    if (label.length > 0) for (const one of scalars) yield line([...label, one]);
    else if (scalars.length > 0) yield line(scalars);
    for (const one of value) if (!isScalar(one)) yield* linesOf(one, label);
  } else if (isObject(value)) {
    const names = columns ?? scalarMembers(value).sort();
    const cells = names.map((name) => (Object.hasOwn(value, name) ? value[name] : ""));
    if (cells.length > 0) yield line([...label, ...cells]);
    const nested = Object.keys(value).filter((name) => !names.includes(name));
    for (const name of nested.sort()) yield* linesOf(value[name], [name.toUpperCase()]);
  } else yield line([value]);
}

function line(scalars: readonly unknown[]): string {
  return `${scalars.map((one) => (one === null || typeof one === "boolean" ? PYTHON[`${one}`] : one)).join("\t")}\n`;
}

function scalarMembers(record: Record<string, unknown>): string[] {
  return Object.keys(record).filter((name) => isScalar(record[name]));
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
