import type { Job } from "../listing/job.ts";
import type { Part } from "../listing/listing.ts";
import { oneLine } from "../one-line.ts";
import { wrapped } from "./cells.ts";
import { type Column, Columns } from "./columns.ts";
import { collect, type OutputFormat } from "./format.ts";
import { cellOf, gridOf } from "./grid.ts";

/** A column of the table of jobs. */
interface JobColumn extends Column {
  /** The members of a job that the text is made from. */
  readonly members: readonly string[];
  readonly text: (job: Job) => string;
}

/** The number of jobs that the widths of the columns are fitted to. Later jobs are printed as they come. */
const SAMPLE = 1000;

const STATUS_STYLES = new Map([
  ["CREATED", "cyan"],
  ["RUNNING", "yellow"],
  ["SUCCEEDED", "green"],
  ["FAILED", "red"],
] as const);
const JOB_COLUMNS: readonly JobColumn[] = [
  { title: "JOB", ...showing("JobName"), least: 16, cut: "middle" },
  { title: "VERSION", ...showing("ModelVersion"), importance: 2 },
  { title: "STATUS", ...showing("Status"), styles: STATUS_STYLES },
  { title: "CREATED", members: ["CreationTimestamp"], text: created, importance: 4 },
  { title: "TOOK", members: ["Status", "CreationTimestamp", "LastUpdatedTimestamp"], text: took, importance: 3 },
  { title: "MESSAGE", ...showing("StatusMessage", "ModelPackagingJobDescription"), least: 16, importance: 1 },
];
/** Members that get no further column: they have one, or are the same in all jobs. */
const PLACED = new Set([...JOB_COLUMNS.flatMap(({ members }) => members), "ProjectName", "ModelPackagingMethod"]);

/** A table to read: aligned, no wider than the terminal, with statuses in colour. */
export const table: OutputFormat = async function* (parts, { projectName, query, width }) {
  if (query) {
    const { titles, rows } = gridOf(query(await collect(parts)));
    const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const columns = Array.from({ length: count }, (_, index) => ({ title: titles?.[index] ?? "", least: 8 }));
    const texts = rows.map((row) => row.map(cellOf));
    const fitted = new Columns(columns, texts, width);
    yield fitted.head + fitted.lines(texts);
    return;
  }
  const counts = new Map<string, number>();
  let columns: readonly JobColumn[] = [];
  let fitted: Columns | undefined;
  for await (const jobs of batches(parts)) {
    if (!fitted) columns = [...JOB_COLUMNS, ...furtherColumns(jobs)];
    const rows = jobs.map((job) => columns.map(({ text }) => text(job)));
    if (!fitted) {
      fitted = new Columns(columns, rows, width);
      yield fitted.head;
    }
    yield fitted.lines(rows);
    for (const { Status = "without status" } of jobs) {
      const status = cellOf(Status);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  yield fitted ? `\n${wrapped(summary(counts), width)}\n` : `No packaging jobs in ${projectName}.\n`;
};

/** The jobs in batches: first the sample for the widths, then page by page. */
async function* batches(parts: AsyncIterable<Part>): AsyncGenerator<readonly Job[]> {
  let sample: Job[] | undefined = [];
  for await (const { page } of parts) {
    if (!sample) {
      yield page.ModelPackagingJobs;
      continue;
    }
    sample.push(...page.ModelPackagingJobs);
    if (sample.length < SAMPLE) continue;
    yield sample;
    sample = undefined;
  }
  if (sample && sample.length > 0) yield sample;
}

/** A column that shows the first of some members that a job has. */
function showing(...members: readonly string[]): Pick<JobColumn, "members" | "text"> {
  return {
    members,
    text: (job) => cellOf(members.map((name) => job[name]).find((value) => value !== undefined) ?? "-"),
  };
}

/** A column for each member that has none yet. A narrow terminal leaves these columns out first. */
function furtherColumns(jobs: readonly Job[]): JobColumn[] {
  const names = new Set(jobs.flatMap((job) => Object.keys(job).filter((name) => !PLACED.has(name))));
  return Array.from(names, (name) => {
    const title = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, " ").toUpperCase();
    return { title, ...showing(name), least: 8, importance: 0 };
  });
}

function created({ CreationTimestamp: time = "-" }: Job): string {
  return cellOf(time).slice(0, 16).replace("T", " ");
}

/** The time from a job's creation to its end. */
function took({ Status, CreationTimestamp: from, LastUpdatedTimestamp: to }: Job): string {
  const seconds = Math.floor((Date.parse(cellOf(to)) - Date.parse(cellOf(from))) / 1000);
  if (!(seconds >= 0) || (Status !== "SUCCEEDED" && Status !== "FAILED")) return "-";
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  if (minutes < 1) return `${seconds}s`;
  if (hours < 1) return `${minutes}m ${two(seconds % 60)}s`;
  return hours < 24 ? `${hours}h ${two(minutes % 60)}m` : `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
}

function summary(counts: ReadonlyMap<string, number>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${count} ${oneLine(status)}`);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${total} ${total === 1 ? "job" : "jobs"}: ${parts.join(", ")}. Times in ${timeZone}.`;
}
