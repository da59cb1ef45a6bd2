/** Prints the figures of the benchmark: tables for people, the same as JSON for machines. */
import type { Summary } from "./statistics.ts";

/** A figure in a table: a number alone, or the best of many rounds with their median and quartiles. */
export type Cell = string | number | Summary;

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A figure with its target, if it has one. */
export interface Goal {
  readonly figure: string;
  readonly value: Summary | number;
  readonly most?: number;
  readonly least?: number;
}

/** The figures of one part of the benchmark. */
export interface Findings {
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
}

export function isMet({ value, most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }: Goal): boolean {
  const figure = typeof value === "number" ? value : value.best;
  return figure <= most && figure >= least;
}

/** Markdown, which reads well in a terminal too. */
export function printTable({ title, columns, rows }: Table): string {
  const cells = [columns, ...rows.map((row) => row.map(printCell))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => pad(cell, widths[at]!, at)).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [`### ${title}`, "", line(cells[0]!), rule, ...cells.slice(1).map(line), ""].join("\n");
}

/** The goals as one table. */
export function goalTable(goals: readonly Goal[]): Table {
  return {
    title: "Targets",
    columns: ["figure", "measured", "target", "met"],
    rows: goals.map((goal) => [
      goal.figure,
      goal.value,
      goal.most !== undefined ? `at most ${goal.most}` : goal.least !== undefined ? `at least ${goal.least}` : "–",
      goal.most === undefined && goal.least === undefined ? "–" : isMet(goal) ? "yes" : "no",
    ]),
  };
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function printCell(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return printNumber(cell);
  return `${printNumber(cell.best)} (${printNumber(cell.median)}, ${printNumber(cell.low)}–${printNumber(cell.high)})`;
}

/** Three significant digits; every digit before the point is kept. */
function printNumber(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en").replaceAll(",", " ");
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
