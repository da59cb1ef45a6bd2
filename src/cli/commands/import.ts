/** `packaging-jobs import`: puts saved inventories into a store. */
import { access, constants, stat } from "node:fs/promises";
import {
  ImportError,
  type ImportOptions,
  type ImportReport,
  importInventory,
  openStore,
  type Store,
  toText,
} from "../../endpoint/index.ts";
import type { Arguments } from "../arguments.ts";
import { EXIT, UsageError } from "../failure.ts";
import { counted, Progress } from "../listing/progress.ts";
import { oneLine, tell } from "../one-line.ts";

/** The SQLite file that is used without `--store`. */
export const DEFAULT_STORE = "packaging-jobs.db";

export const help = `Usage: packaging-jobs import FILE...|- [options]
Puts saved inventories into a store: the output of the AWS CLI, boto3, an SDK or
the API, as JSON or one job a line. If a job is refused, nothing is imported.

  --store S         SQLite file or postgres://… [${DEFAULT_STORE}]
  --project-name P  the project of jobs that name none
  --keep-going      import the other jobs when some are refused
  --debug           print errors in full
  --help            print this

A job that the store holds (same project, name and creation time) is replaced
when the file has a later LastUpdatedTimestamp.

  $ packaging-jobs import jobs.json
  $ packaging-jobs import --project-name circuit-boards page-*.json
  $ packaging-jobs import --store copy.db - < jobs.ndjson
` as const;

export async function run({ values, positionals: files }: Arguments<typeof help>, signal: AbortSignal): Promise<void> {
  if (files.length === 0) throw new UsageError("No file to import: name one or more, or - for standard input.");
  if (values.store === ":memory:")
    throw new UsageError(
      "A store in memory is gone when this command ends. Name a file, or import while serving: packaging-jobs serve --store :memory: --import FILE",
    );
  await checkReadable(files);
  const store = await openStore(values.store ?? DEFAULT_STORE, { signal });
  try {
    const { "project-name": collection, "keep-going": keepGoing } = values;
    const report = await importFiles(store, files, { collection, keepGoing, signal });
    for (const fault of report.faults) tell(oneLine(toText(fault)));
    for (const remark of remarksOn(report)) tell(remark);
    process.stdout.write(`${summaryOf(report)}\n`);
    if (report.refused > 0) process.exitCode = EXIT.other;
  } finally {
    await store.close();
  }
}

/**
 * Checks that files can be read, so that no store is made for files that cannot.
 * @throws ImportError for a file that cannot be read
 */
export async function checkReadable(files: readonly string[]): Promise<void> {
  for (const file of files.filter((name) => name !== "-")) {
    try {
      await access(file, constants.R_OK);
      if ((await stat(file)).isDirectory()) throw new Error("EISDIR: illegal operation on a directory");
    } catch (cause) {
      const reason = (cause as Error).message.replace(/, \w+( '.*')?$/, "");
      throw new ImportError(`Cannot read ${file}: ${reason}. Nothing was imported.`, { cause });
    }
  }
}

/** Imports inventories into a store, and shows the progress. */
export function importFiles(store: Store, files: readonly string[], options: ImportOptions): Promise<ImportReport> {
  const progress = new Progress();
  const onProgress: ImportOptions["onProgress"] = ({ file, bytes, read }) =>
    progress.tell((s) => `${file}: ${counted(read)} jobs, ${counted(bytes / 1e6)} MB, ${counted(read / s)} jobs/s`);
  return importInventory(store, files, { ...options, onProgress }).finally(() => progress.clear());
}

/** Lines about an import that its counts do not tell. */
export function remarksOn({ empty, lookalikes }: ImportReport): string[] {
  const remarks = empty.map((file) => `${file}: there is nothing in it, neither a job nor a page.`);
  if (lookalikes > 0)
    remarks.push(
      `${counted(lookalikes)} of the jobs read were created within a millisecond of another of their name: one job may have been saved twice, with microseconds and without.`,
    );
  return remarks;
}

/** The counts of an import, in one line. */
export function summaryOf(report: ImportReport): string {
  const counts = ["read", "new", "updated", "unchanged", "refused"] as const;
  return counts.map((name) => `${counted(report[name])} ${name}`).join(", ");
}
