/** TypeScript as text: keys, literals and comments. */
import { isObject } from "../document.ts";

/** A JSDoc comment, on one line when it fits there. */
export function jsdoc(text: string, indent = ""): string {
  const lines = text
    .trim()
    .replaceAll("*/", "*\\/")
    // On one line, TypeScript would follow a directive such as @ts-expect-error.
    .replace(/^@ts-/, "\\@ts-")
    .split(/\r?\n|\r/);
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** A member's name, bare where it may be. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** JSON with bare keys where they may be bare, one member a line, short lists and objects on one line. */
export function literal(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((one) => literal(one, inner))
    : isObject(value)
      ? Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one, inner)}`)
      : undefined;
  if (!entries) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{ ", " }"];
  if (entries.length === 0) return (open + close).replaceAll(" ", "");
  const short = `${open}${entries.join(", ")}${close}`;
  if (short.length + indent.length <= 100 && !short.includes("\n")) return short;
  return `${open.trim()}\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${indent}${close.trim()}`;
}
