/** Writes comments, keys and literals of TypeScript. */
import { isObject } from "../document.ts";

/** A JSDoc comment, on one line when the text has one line. */
export function jsdoc(text: string, indent = ""): string {
  const lines = text
    .trim()
    .replaceAll("*/", "*\\/")
    // TypeScript would obey a directive such as @ts-expect-error on one line.
    .replace(/^@ts-/, "\\@ts-")
    .split(/\r?\n|\r/);
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** The name of a member, in quotes only when it needs them. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A JSON value as TypeScript: one member a line, but short lists and objects on one line. */
export function literal(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((element) => literal(element, inner))
    : isObject(value)
      ? Object.entries(value).map(([name, member]) => `${key(name)}: ${literal(member, inner)}`)
      : undefined;
  if (!entries) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{ ", " }"];
  if (entries.length === 0) return (open + close).replaceAll(" ", "");
  const short = `${open}${entries.join(", ")}${close}`;
  if (short.length + indent.length <= 100 && !short.includes("\n")) return short;
  return `${open.trim()}\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${indent}${close.trim()}`;
}
