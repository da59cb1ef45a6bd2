import { styleText } from "node:util";
import type { Job } from "../job.ts";
import { cellsOf, fit, oneLine } from "./cells.ts";
import { collect, type Form, inBlocks } from "./form.ts";
import { gridOf } from "./grid.ts";

/** A column of the table. */
interface Column {
  readonly title: string;
  readonly cells: readonly string[];
  /** Cut to no fewer cells than these, where the terminal is narrow. @default never cut */
  readonly least?: number;
  /** Where it is cut. @default "end" */
  readonly cut?: "end" | "middle";
  /** The lowest is cut first, and left out first when the terminal is too narrow for all. @default never left out */
  readonly rank?: number;
  readonly style?: (cell: string) => Style | undefined;
}

type Style = Parameters<typeof styleText>[0];

const GAP = "  ";
const UNLIMITED = Number.MAX_SAFE_INTEGER;
const STATUS_STYLES: Readonly<Record<string, Style>> = {
  CREATED: "cyan",
  RUNNING: "yellow",
  SUCCEEDED: "green",
  FAILED: "red",
};
const MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** A table for a person: aligned, no wider than the terminal, its statuses in colour. */
export const table: Form = async function* (parts, { projectName, query, width }) {
  const list = await collect(parts);
  const { ModelPackagingJobs: jobs, NextToken } = list;
  if (query) {
    yield* inBlocks(lines(columnsOf(query(list)), width));
  } else if (jobs.length === 0) {
    yield `No packaging jobs in ${projectName}.\n`;
  } else {
    yield* inBlocks(lines(jobColumns(jobs), width));
    yield `\n${summary(jobs)}\n`;
  }
  if (NextToken !== undefined) yield `There are more: --starting-token ${NextToken}\n`;
};

function jobColumns(jobs: readonly Job[]): Column[] {
  const column = (title: string, cell: (job: Job) => string | undefined, rest: Partial<Column> = {}): Column => ({
    title,
    cells: jobs.map((job) => oneLine(cell(job) ?? "-")),
    ...rest,
  });
  return [
    column("JOB", (job) => job.JobName, { least: 16, cut: "middle" }),
    column("VERSION", (job) => job.ModelVersion, { rank: 2 }),
    column("STATUS", (job) => job.Status, { style: (status) => STATUS_STYLES[status] }),
    column("CREATED", (job) => job.CreationTimestamp?.slice(0, 16).replace("T", " "), { rank: 4 }),
    column("TOOK", took, { rank: 3 }),
    column("MESSAGE", (job) => job.StatusMessage ?? job.ModelPackagingJobDescription, { least: 16, rank: 1 }),
  ];
}

/** The time from a job's creation to its end. */
function took({ Status, CreationTimestamp: from = "", LastUpdatedTimestamp: to = "" }: Job): string | undefined {
  const ms = Date.parse(to) - Date.parse(from);
  if (!(ms >= 0) || (Status !== "SUCCEEDED" && Status !== "FAILED")) return undefined;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  if (ms < MS.minute) return `${Math.floor(ms / MS.second)}s`;
  if (ms < MS.hour) return `${Math.floor(ms / MS.minute)}m ${two((ms % MS.minute) / MS.second)}s`;
  if (ms < MS.day) return `${Math.floor(ms / MS.hour)}h ${two((ms % MS.hour) / MS.minute)}m`;
  return `${Math.floor(ms / MS.day)}d ${two((ms % MS.day) / MS.hour)}h`;
}

function summary(jobs: readonly Job[]): string {
  const counts = new Map<string, number>();
  for (const { Status = "without status" } of jobs) counts.set(Status, (counts.get(Status) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${count} ${oneLine(status)}`);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${jobs.length} ${jobs.length === 1 ? "job" : "jobs"}: ${parts.join(", ")}. Times in ${timeZone}.`;
}

function columnsOf(value: unknown): Column[] {
  const { titles, rows } = gridOf(value);
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, at) => ({
    title: titles?.[at] ?? "",
    cells: rows.map((row) => oneLine(row[at] ?? "")),
    least: 8,
  }));
}

function* lines(all: readonly Column[], width: number | undefined): Generator<string> {
  const columns = chosen(all, width);
  const cells = widths(columns, width);
  const line = (texts: readonly string[]) => texts.join(GAP).trimEnd();
  if (columns.some(({ title }) => title !== "")) {
    const titles = line(columns.map(({ title }, at) => fit(title, cells[at]!)));
    yield `${styleText("bold", titles)}\n`;
  }
  for (let row = 0; row < (columns[0]?.cells.length ?? 0); row++) {
    const texts = columns.map(({ cells: column, cut, style }, at) => {
      const text = fit(column[row]!, cells[at]!, cut);
      const format = style?.(column[row]!);
      return format === undefined ? text : styleText(format, text);
    });
    yield `${line(texts)}\n`;
  }
}

/** The columns that there is room for at their narrowest. */
function chosen(columns: readonly Column[], width = UNLIMITED): readonly Column[] {
  if (total(columns.map((column) => Math.min(naturalWidth(column), column.least ?? UNLIMITED))) <= width)
    return columns;
  const lowest = Math.min(...columns.map(rankOf));
  return lowest === UNLIMITED
    ? columns
    : chosen(
        columns.filter((column) => rankOf(column) !== lowest),
        width,
      );
}

/** How wide each column is: what its cells want, but for what must be cut. */
function widths(columns: readonly Column[], width = UNLIMITED): number[] {
  const cells = columns.map(naturalWidth);
  const isCuttable = (at: number) => cells[at]! > (columns[at]!.least ?? UNLIMITED);
  while (total(cells) > width) {
    const [next] = [...columns.keys()]
      .filter(isCuttable)
      .sort((a, b) => rankOf(columns[a]!) - rankOf(columns[b]!) || cells[b]! - cells[a]!);
    if (next === undefined) break;
    cells[next]!--;
  }
  return cells;
}

function rankOf({ rank = UNLIMITED }: Column): number {
  return rank;
}

function naturalWidth({ title, cells }: Column): number {
  return cells.reduce((most, cell) => Math.max(most, cellsOf(cell)), cellsOf(title));
}

function total(cells: readonly number[]): number {
  return cells.reduce((sum, one) => sum + one, GAP.length * (cells.length - 1));
}
