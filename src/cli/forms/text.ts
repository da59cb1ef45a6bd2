import type { Form } from "./form.ts";

/**
 * Text as the AWS CLI prints it, page by page, the query applied to each and to the token:
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#text-output
 */
export const text: Form = async function* (parts, { query }) {
  const lines = (data: unknown) => textOf(query ? query(data) : data);
  for await (const { page, resumeToken } of parts) {
    yield lines(page);
    if (resumeToken !== undefined) yield lines({ NextToken: { NextToken: resumeToken } });
  }
};

/** @param label The member that the value stands in. */
function textOf(value: unknown, label?: string, columns?: readonly string[]): string {
  if (Array.isArray(value)) return textOfList(value, label);
  if (isRecord(value)) return textOfRecord(value, label, columns);
  return `${scalar(value)}\n`;
}

function textOfList(list: readonly unknown[], label: string | undefined): string {
  if (list.some(isRecord)) {
    const columns = [...new Set(list.filter(isRecord).flatMap(scalarMembers))].sort();
    return list.map((one) => textOf(one, label, columns)).join("");
  }
  const scalars = list.filter(isScalar).map(scalar);
  const rest = list.filter((one) => !isScalar(one)).map((one) => textOf(one, label));
  if (scalars.length === 0) return rest.join("");
  const head = label === undefined ? [scalars.join("\t")] : scalars.map((one) => `${label.toUpperCase()}\t${one}`);
  return head.map((line) => `${line}\n`).join("") + rest.join("");
}

/** Its scalars in one line, in the order of their names, and then what is nested. */
function textOfRecord(record: Record<string, unknown>, label?: string, columns?: readonly string[]): string {
  const names = columns ?? scalarMembers(record).sort();
  const cells = names.map((name) => (Object.hasOwn(record, name) ? scalar(record[name]) : ""));
  if (cells.length > 0 && label !== undefined) cells.unshift(label.toUpperCase());
  const nested = Object.keys(record)
    .filter((name) => !names.includes(name))
    .sort();
  const line = cells.length > 0 ? `${cells.join("\t")}\n` : "";
  return line + nested.map((name) => textOf(record[name], name)).join("");
}

function scalarMembers(record: Record<string, unknown>): string[] {
  return Object.keys(record).filter((name) => isScalar(record[name]));
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return !isScalar(value) && !Array.isArray(value);
}

/** As Python spells it. */
function scalar(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
