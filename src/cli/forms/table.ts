import { styleText } from "node:util";
import type { Job } from "../job.ts";
import { cellsOf, fit, oneLine } from "./cells.ts";
import { collect, type Form, inBlocks } from "./form.ts";
import { gridOf } from "./grid.ts";

interface Heading {
  readonly title: string;
  /** Cut to no fewer cells of the terminal than these. @default never cut */
  readonly least?: number;
  /** Where its texts are cut. @default "end" */
  readonly cut?: "end" | "middle";
  /** On a narrow terminal the lowest is cut first, and left out first. @default never left out */
  readonly rank?: number;
  /** The style of texts that have one. */
  readonly styles?: Readonly<Record<string, Style>>;
}

interface Column extends Heading {
  /** Its place in a row. */
  readonly at: number;
  /** What its texts want, until it is cut. */
  width: number;
  readonly least: number;
  readonly rank: number;
}

type Row = readonly string[];
type Style = Parameters<typeof styleText>[0];

const GAP = "  ";

const JOB_HEADINGS: readonly (Heading & { text(job: Job): string | undefined })[] = [
  { title: "JOB", text: (job) => job.JobName, least: 16, cut: "middle" },
  { title: "VERSION", text: (job) => job.ModelVersion, rank: 2 },
  {
    title: "STATUS",
    text: (job) => job.Status,
    styles: { CREATED: "cyan", RUNNING: "yellow", SUCCEEDED: "green", FAILED: "red" },
  },
  { title: "CREATED", text: (job) => job.CreationTimestamp?.slice(0, 16).replace("T", " "), rank: 4 },
  { title: "TOOK", text: took, rank: 3 },
  { title: "MESSAGE", text: (job) => job.StatusMessage ?? job.ModelPackagingJobDescription, least: 16, rank: 1 },
];

/** A table for a person: aligned, no wider than the terminal, its statuses in colour. */
export const table: Form = async function* (parts, { projectName, query, width }) {
  const list = await collect(parts);
  const { ModelPackagingJobs: jobs, NextToken } = list;
  if (query) {
    const { titles, rows } = gridOf(query(list));
    const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const headings = Array.from({ length: count }, (_, at) => ({ title: titles?.[at] ?? "", least: 8 }));
    yield* inBlocks(lines(headings, rows, width));
  } else if (jobs.length === 0) {
    yield `No packaging jobs in ${projectName}.\n`;
  } else {
    const rows = jobs.map((job) => JOB_HEADINGS.map(({ text }) => text(job) ?? "-"));
    yield* inBlocks(lines(JOB_HEADINGS, rows, width));
    yield `\n${summary(jobs)}\n`;
  }
  if (NextToken !== undefined) yield `There are more: --starting-token ${NextToken}\n`;
};

/** The time from a job's creation to its end. */
function took({ Status, CreationTimestamp: from = "", LastUpdatedTimestamp: to = "" }: Job): string | undefined {
  const seconds = Math.floor((Date.parse(to) - Date.parse(from)) / 1000);
  if (!(seconds >= 0) || (Status !== "SUCCEEDED" && Status !== "FAILED")) return undefined;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const two = (value: number) => String(value).padStart(2, "0");
  if (days > 0) return `${days}d ${two(hours % 24)}h`;
  if (hours > 0) return `${hours}h ${two(minutes % 60)}m`;
  return minutes > 0 ? `${minutes}m ${two(seconds % 60)}s` : `${seconds}s`;
}

function summary(jobs: readonly Job[]): string {
  const counts = new Map<string, number>();
  for (const { Status = "without status" } of jobs) counts.set(Status, (counts.get(Status) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${count} ${oneLine(status)}`);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${jobs.length} ${jobs.length === 1 ? "job" : "jobs"}: ${parts.join(", ")}. Times in ${timeZone}.`;
}

function* lines(headings: readonly Heading[], rows: readonly Row[], room = Infinity): Generator<string> {
  const columns = fitted(
    headings.map((heading, at) => columnOf(heading, at, rows)),
    room,
  );
  if (columns.length === 0) return;
  const line = (cells: readonly string[]) => cells.join(GAP).trimEnd();
  if (columns.some(({ title }) => title !== ""))
    yield `${styleText("bold", line(columns.map(({ title, width }) => fit(title, width))))}\n`;
  for (const row of rows) {
    const cells = columns.map(({ at, width, cut, styles = {} }) => {
      const text = textAt(row, at);
      const cell = fit(text, width, cut);
      return Object.hasOwn(styles, text) ? styleText(styles[text]!, cell) : cell;
    });
    yield `${line(cells)}\n`;
  }
}

function columnOf(heading: Heading, at: number, rows: readonly Row[]): Column {
  const width = rows.reduce((most, row) => Math.max(most, cellsOf(textAt(row, at))), cellsOf(heading.title));
  return { rank: Infinity, ...heading, at, width, least: Math.min(width, heading.least ?? width) };
}

function textAt(row: Row, at: number): string {
  return oneLine(row[at] ?? "");
}

/** The columns that there is room for at their narrowest, cut to what there is. */
function fitted(columns: readonly Column[], room: number): readonly Column[] {
  const total = (size: "width" | "least") =>
    columns.reduce((sum, column) => sum + column[size], GAP.length * (columns.length - 1));
  const lowest = Math.min(...columns.map(({ rank }) => rank));
  if (total("least") > room && lowest < Infinity)
    return fitted(
      columns.filter(({ rank }) => rank > lowest),
      room,
    );
  while (total("width") > room) {
    const cuttable = columns.filter(({ width, least }) => width > least);
    const [next] = cuttable.sort((a, b) => a.rank - b.rank || b.width - a.width);
    if (next === undefined) break;
    next.width--;
  }
  return columns;
}
