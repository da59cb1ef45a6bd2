/** Imports saved inventories of any resource into a store. */

import type { Resource } from "../handlers/resource.ts";
import type { Store, StoredRecord, Writer } from "../stores/store.ts";
import { recordReader } from "./record.ts";
import { ImportError, type ImportReport, type LocatedFault, refusal } from "./report.ts";
import type { Segment } from "./segment.ts";
import { type Chunk, nameOf, type Patience, read, type Source } from "./source.ts";
import { split } from "./splitter.ts";

/** Options of an import. */
export interface ImportOptions {
  /** The collection of records that name none. A page without records registers it. */
  readonly collection?: string | undefined;
  /** Imports the good records and reports the others, instead of importing nothing. @default false */
  readonly keepGoing?: boolean | undefined;
  /**
   * How long a source may give nothing before the import is given up, in ms.
   * @default ten minutes before the first source begins, while other writers need not wait; a minute from then on
   */
  readonly silence?: number | undefined;
  /** Hears how far it has come, many times a second. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Gives up: nothing is kept, and the import rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How far an import has come. */
export interface ImportProgress {
  /** The source being read, and how many bytes of it have been. */
  readonly file: string;
  readonly bytes: number;
  /** The records read in all sources, and those refused among them. */
  readonly read: number;
  readonly refused: number;
}

/** The most faults that a report keeps, of however many are counted. */
const KEPT_FAULTS = 1000;

const FIRST_SILENCE = 600_000;
const SILENCE = 60_000;

/** A source that is being read. */
interface Input {
  readonly file: string;
  readonly chunks: AsyncGenerator<Chunk, void>;
}

/**
 * Imports inventories of a resource in one transaction.
 * @throws ImportError when a record is refused, or a source cannot be read
 */
export async function importRecords(
  store: Store,
  resource: Resource,
  sources: readonly Source[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { collection, silence, signal } = options;
  if (collection !== undefined) checkCollection(resource, collection);
  const next = silence ?? SILENCE;
  const inputs = sources.map((source, at): Input => {
    const patience: Patience = { first: silence ?? (at === 0 ? FIRST_SILENCE : SILENCE), next };
    return { file: nameOf(source), chunks: read(source, patience, signal) };
  });
  try {
    // A pipe may be silent for minutes. Other writers wait for this import only when it has something to write.
    await inputs[0]?.chunks.next();
    return await store.write((writer) => run(writer, resource, inputs, options), signal);
  } finally {
    for (const { chunks } of inputs) await chunks.return();
  }
}

/**
 * Registers a collection, which then lists as empty when it has no records.
 * @throws ImportError when its name breaks the contract
 */
export async function register(store: Store, resource: Resource, name: string): Promise<void> {
  checkCollection(resource, name);
  await store.write((writer) => writer.putCollection(name));
}

function checkCollection(resource: Resource, name: string): void {
  const text = JSON.stringify({ [resource.collection]: name });
  const [record] = recordReader(resource)({ kind: "record", text }).found;
  // Other members may be missing.
  const fault = Array.isArray(record) && record.find(({ field }) => field === resource.collection);
  if (fault) throw new ImportError(`${fault.field} ${fault.message}.`);
}

/** Reads the sources into a transaction, and counts. */
async function run(
  writer: Writer,
  resource: Resource,
  inputs: readonly Input[],
  { collection, keepGoing = false, onProgress }: ImportOptions,
): Promise<ImportReport> {
  const readSegment = recordReader(resource, collection);
  const empty: string[] = [];
  const faults: LocatedFault[] = [];
  const report = { read: 0, new: 0, updated: 0, unchanged: 0, refused: 0, faults, lookalikes: 0, empty };
  for (const { file, chunks } of inputs) {
    const splitting = split(resource.operation.paginated?.items ?? []);
    // The first step runs to where it waits for text.
    splitting.next();
    let bytes = 0;
    let isEmpty = true;
    let count = 0;
    for await (const chunk of chunks) {
      const records: StoredRecord[] = [];
      let hasPage = false;
      const take = ({ kind, text, line }: Segment): void => {
        isEmpty = false;
        const { isPage, found } = readSegment({ kind, text });
        hasPage ||= isPage;
        for (const one of found) {
          report.read++;
          if (kind === "record") count++;
          if (!Array.isArray(one)) {
            records.push(one);
            continue;
          }
          report.refused++;
          const place = kind === "record" ? { file, record: count, line } : { file, line };
          const room = KEPT_FAULTS - faults.length;
          faults.push(...one.slice(0, room).map((fault) => ({ ...place, ...fault })));
        }
      };
      const { value: segments, done: isAtEnd } = splitting.next(chunk.text);
      for (const segment of segments) take(segment);
      // Records that would not be kept are still checked, so that the report is complete.
      if (report.refused === 0 || keepGoing) {
        const counts = await writer.put(records);
        report.new += counts.new;
        report.updated += counts.updated;
        report.unchanged += counts.unchanged;
        report.lookalikes += await writer.lookalikes(records);
        if (hasPage && collection !== undefined) await writer.putCollection(collection);
      }
      bytes += chunk.bytes;
      onProgress?.({ file, bytes, read: report.read, refused: report.refused });
      if (isAtEnd) break;
    }
    if (isEmpty) empty.push(file);
  }
  if (report.refused === 0 || keepGoing) return report;
  const nothing = { ...report, new: 0, updated: 0, unchanged: 0, lookalikes: 0 };
  throw new ImportError(refusal(nothing), { report: nothing });
}
