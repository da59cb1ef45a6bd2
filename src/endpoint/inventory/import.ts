/** Saved inventories into a store. */

import type { Resource } from "../handlers/resource.ts";
import type { Store, StoredRecord, Writer } from "../stores/store.ts";
import { recordReader } from "./record.ts";
import { ImportError, type ImportReport, type LocatedFault, refusal } from "./report.ts";
import { nameOf, read, type Source } from "./source.ts";
import { type Piece, split } from "./splitter.ts";

export { ImportError, type ImportReport, type LocatedFault, toText } from "./report.ts";
export type { Source } from "./source.ts";

/** Options of {@link importInventory}. */
export interface ImportOptions {
  /** The collection of records that name none. A page without records registers it. */
  readonly collection?: string | undefined;
  /** Imports the good records and reports the others, instead of importing nothing. @default false */
  readonly keepGoing?: boolean | undefined;
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

/** So many faults are kept, of however many are counted. */
const KEPT_FAULTS = 1000;

/**
 * Imports inventories in one transaction: every record, or none when one is refused (but see `keepGoing`).
 *
 * An inventory is JSON in UTF-8 that holds records: pages as the API, the AWS CLI, boto3 and the SDKs give them, bare
 * records, lists of either, any number of them in a row, or a record a line. It is read as a stream. A record that is
 * known already (same collection, name and creation time) is replaced when it has changed later.
 *
 * @throws ImportError when a record is refused, or a source cannot be read
 */
export async function importInventory(
  store: Store,
  resource: Resource,
  sources: readonly Source[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  if (options.collection !== undefined) checkCollection(resource, options.collection);
  return store.write((writer) => run(writer, resource, sources, options), options.signal);
}

/**
 * Registers a collection, which then lists as empty when it has no records.
 * @throws ImportError when its name breaks the contract
 */
export async function registerCollection(store: Store, resource: Resource, name: string): Promise<void> {
  checkCollection(resource, name);
  await store.write((writer) => writer.putCollection(name));
}

function checkCollection(resource: Resource, name: string): void {
  const found = recordReader(resource)({ kind: "record", text: JSON.stringify({ [resource.collection]: name }) });
  // Other members may be missing.
  const fault = Array.isArray(found) && found.find(({ field }) => field === resource.collection);
  if (fault) throw new ImportError(`${fault.field} ${fault.message}.`);
}

/** Reads the sources into a transaction, and counts. */
async function run(
  writer: Writer,
  resource: Resource,
  sources: readonly Source[],
  { collection, keepGoing = false, onProgress, signal }: ImportOptions,
): Promise<ImportReport> {
  const readPiece = recordReader(resource, collection);
  const report = { read: 0, new: 0, updated: 0, unchanged: 0, refused: 0, faults: [] as LocatedFault[] };
  for (const source of sources) {
    const file = nameOf(source);
    const splitting = split(resource.operation.paginated?.items ?? []);
    // Up to where it waits for text.
    splitting.next();
    let bytes = 0;
    let count = 0;
    for await (const chunk of read(source, signal)) {
      const records: StoredRecord[] = [];
      let hasPage = false;
      const take = ({ kind, text, line }: Piece): void => {
        const found = readPiece({ kind, text });
        if (!Array.isArray(found) && "records" in found) {
          hasPage = true;
          for (const record of found.records) take({ kind: "record", text: JSON.stringify(record), line });
          return;
        }
        report.read++;
        if (kind === "record") count++;
        if (!Array.isArray(found)) {
          records.push(found);
          return;
        }
        report.refused++;
        const place = kind === "record" ? { file, record: count, line } : { file, line };
        const room = KEPT_FAULTS - report.faults.length;
        report.faults.push(...found.slice(0, room).map((fault) => ({ ...place, ...fault })));
      };
      const { value: pieces, done: isAtEnd } = splitting.next(chunk.text);
      for (const piece of pieces) take(piece);
      // What would not be kept is still checked, so that the report is complete.
      if (report.refused === 0 || keepGoing) {
        const counts = await writer.put(records);
        report.new += counts.new;
        report.updated += counts.updated;
        report.unchanged += counts.unchanged;
        if (hasPage && collection !== undefined) await writer.putCollection(collection);
      }
      bytes += chunk.bytes;
      onProgress?.({ file, bytes, read: report.read, refused: report.refused });
      if (isAtEnd) break;
    }
  }
  if (report.refused === 0 || keepGoing) return report;
  const nothing = { ...report, new: 0, updated: 0, unchanged: 0 };
  throw new ImportError(refusal(nothing), { report: nothing });
}
