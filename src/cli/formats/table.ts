import { styleText } from "node:util";
import stringWidth from "string-width";
import type { Job } from "../listing/job.ts";
import { oneLine } from "../one-line.ts";
import { fit } from "./cells.ts";
import { collect, type OutputFormat } from "./format.ts";
import { gridOf } from "./grid.ts";

interface Column {
  readonly title: string;
  /** Cut to no fewer cells of the terminal than these. @default never cut */
  readonly least?: number;
  /** Where its texts are cut. @default "end" */
  readonly cut?: "end" | "middle";
  /** On a narrow terminal the lowest is cut first, and left out first. @default never left out */
  readonly rank?: number;
  /** The style of texts that have one. */
  readonly styles?: ReadonlyMap<string, Parameters<typeof styleText>[0]>;
}

type Rows = readonly (readonly string[])[];

const GAP = "  ";

const STATUS_STYLES = new Map([
  ["CREATED", "cyan"],
  ["RUNNING", "yellow"],
  ["SUCCEEDED", "green"],
  ["FAILED", "red"],
] as const);
const JOB_COLUMNS: readonly (Column & { readonly text: (job: Job) => string })[] = [
  { title: "JOB", text: ({ JobName = "-" }) => JobName, least: 16, cut: "middle" },
  { title: "VERSION", text: ({ ModelVersion = "-" }) => ModelVersion, rank: 2 },
  { title: "STATUS", text: ({ Status = "-" }) => Status, styles: STATUS_STYLES },
  { title: "CREATED", text: ({ CreationTimestamp: at = "-" }) => at.slice(0, 16).replace("T", " "), rank: 4 },
  { title: "TOOK", text: took, rank: 3 },
  { title: "MESSAGE", text: (job) => job.StatusMessage ?? job.ModelPackagingJobDescription ?? "-", least: 16, rank: 1 },
];

/** A table for a person: aligned, no wider than the terminal, its statuses in colour. */
export const table: OutputFormat = async function* (parts, { projectName, query, width }) {
  const list = await collect(parts);
  const jobs = list.ModelPackagingJobs;
  if (query) {
    const { titles, rows } = gridOf(query(list));
    const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const columns = Array.from({ length: count }, (_, at) => ({ title: titles?.[at] ?? "", least: 8 }));
    yield* lines(columns, rows, width);
  } else if (jobs.length === 0) {
    yield `No packaging jobs in ${projectName}.\n`;
  } else {
    yield* lines(
      JOB_COLUMNS,
      jobs.map((job) => JOB_COLUMNS.map(({ text }) => text(job))),
      width,
    );
    yield `\n${summary(jobs)}\n`;
  }
};

/** The time from a job's creation to its end. */
function took({ Status, CreationTimestamp: from = "", LastUpdatedTimestamp: to = "" }: Job): string {
  const seconds = Math.floor((Date.parse(to) - Date.parse(from)) / 1000);
  if (!(seconds >= 0) || (Status !== "SUCCEEDED" && Status !== "FAILED")) return "-";
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  if (minutes < 1) return `${seconds}s`;
  if (hours < 1) return `${minutes}m ${two(seconds % 60)}s`;
  return hours < 24 ? `${hours}h ${two(minutes % 60)}m` : `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
}

function summary(jobs: readonly Job[]): string {
  const counts = new Map<string, number>();
  for (const { Status = "without status" } of jobs) counts.set(Status, (counts.get(Status) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${count} ${oneLine(status)}`);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${jobs.length} ${jobs.length === 1 ? "job" : "jobs"}: ${parts.join(", ")}. Times in ${timeZone}.`;
}

function* lines(all: readonly Column[], given: Rows, room: number): Generator<string> {
  const rows = given.map((row) => row.map(oneLine));
  const columns = fitted(all, rows, room);
  const line = (cells: readonly string[]) => cells.join(GAP).trimEnd();
  if (columns.some(({ title }) => title !== ""))
    yield `${styleText("bold", line(columns.map(({ title, width }) => fit(title, width))))}\n`;
  for (const row of rows) {
    const cells = columns.map(({ at, width, cut, styles }) => {
      const shown = row[at] ?? "";
      const style = styles?.get(shown);
      return style ? styleText(style, fit(shown, width, cut)) : fit(shown, width, cut);
    });
    yield `${line(cells)}\n`;
  }
}

/** The columns that there is room for at their narrowest, with the widths that there is room for. */
function fitted(columns: readonly Column[], rows: Rows, room: number) {
  let sized = columns.map((column, at) => {
    const width = rows.reduce((most, row) => Math.max(most, stringWidth(row[at] ?? "")), stringWidth(column.title));
    return { rank: Number.POSITIVE_INFINITY, ...column, at, width, least: Math.min(width, column.least ?? width) };
  });
  const total = (size: "width" | "least") =>
    sized.reduce((sum, one) => sum + one[size], GAP.length * (sized.length - 1));
  for (const { rank } of sized.toSorted((a, b) => a.rank - b.rank))
    if (rank < Number.POSITIVE_INFINITY && total("least") > room) sized = sized.filter((one) => one.rank !== rank);
  while (total("width") > room) {
    const cuttable = sized.filter(({ width, least }) => width > least);
    const [next] = cuttable.sort((a, b) => a.rank - b.rank || b.width - a.width);
    if (next === undefined) break;
    next.width--;
  }
  return sized;
}
