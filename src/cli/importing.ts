/** Importing as `import` and `serve` do it: told on stderr while it runs, and in a line at its end. */
import { type ImportReport, importInventory, resource, type Store } from "../endpoint/index.ts";
import { counted, Progress } from "./progress.ts";

/** How to import. */
export interface ImportingOptions {
  readonly projectName?: string | undefined;
  readonly keepGoing?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** Imports inventories into a store. */
export async function importFiles(
  store: Store,
  files: readonly string[],
  { projectName, keepGoing, signal }: ImportingOptions,
): Promise<ImportReport> {
  const progress = new Progress();
  try {
    return await importInventory(store, resource, files, {
      collection: projectName,
      keepGoing,
      signal,
      onProgress: ({ file, bytes, read }) =>
        progress.tell((s) => `${file}: ${counted(read)} jobs, ${counted(bytes / 1e6)} MB, ${counted(read / s)} jobs/s`),
    });
  } finally {
    progress.clear();
  }
}

/** What became of an import, in one line. */
export function summaryOf(report: ImportReport): string {
  const { read, updated, unchanged, refused } = report;
  const counts = { read, new: report.new, updated, unchanged, refused };
  return Object.entries(counts)
    .map(([name, count]) => `${counted(count)} ${name}`)
    .join(", ");
}
