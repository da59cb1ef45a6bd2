/** Saved inventories into a store. */
import { contract } from "../../generated/index.ts";
import { items } from "../../generated/items.ts";
import type { Operation, Validator } from "../contract.ts";
import { readInventory } from "./inventory/inventory.ts";
import { inWords, type RecordRules } from "./inventory/record.ts";
import { ImportError, type ImportReport, type LocatedFault, refusal } from "./inventory/report.ts";
import { nameOf, type Source } from "./inventory/source.ts";
import type { Resource } from "./resource.ts";
import type { Store, Writer } from "./store.ts";

export { ImportError, type ImportReport, type LocatedFault, toText } from "./inventory/report.ts";
export type { Source } from "./inventory/source.ts";

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
  const rules = { ...rulesOf(resource), collection: options.collection };
  if (options.collection !== undefined) checkCollection(rules, options.collection);
  return store.write((writer) => run(writer, sources, rules, options));
}

/**
 * Registers a collection, which then lists as empty when it has no records.
 * @throws ImportError when its name breaks the contract
 */
export async function registerCollection(store: Store, resource: Resource, name: string): Promise<void> {
  checkCollection(rulesOf(resource), name);
  await store.write((writer) => writer.putCollection(name));
}

/** Reads the sources into a transaction, and counts. */
async function run(
  writer: Writer,
  sources: readonly Source[],
  rules: RecordRules,
  { keepGoing = false, onProgress, signal }: ImportOptions,
): Promise<ImportReport> {
  const report = { read: 0, new: 0, updated: 0, unchanged: 0, refused: 0, faults: [] as LocatedFault[] };
  for (const source of sources) {
    const file = nameOf(source);
    let bytes = 0;
    for await (const chunk of readInventory(source, rules, signal)) {
      bytes += chunk.bytes;
      report.read += chunk.records.length + chunk.refused.length;
      report.refused += chunk.refused.length;
      for (const fault of chunk.refused.flat()) if (report.faults.length < KEPT_FAULTS) report.faults.push(fault);
      // What would not be kept is still checked, so that the report is complete.
      if (report.refused === 0 || keepGoing) {
        const counts = await writer.put(chunk.records);
        report.new += counts.new;
        report.updated += counts.updated;
        report.unchanged += counts.unchanged;
        if (chunk.hasPage && rules.collection !== undefined) await writer.putCollection(rules.collection);
      }
      onProgress?.({ file, bytes, read: report.read, refused: report.refused });
    }
  }
  if (report.refused === 0 || keepGoing) return report;
  const nothing = { ...report, new: 0, updated: 0, unchanged: 0 };
  throw new ImportError(refusal(nothing), { report: nothing });
}

function rulesOf(resource: Resource): Omit<RecordRules, "collection"> {
  const operation = (contract.operations as Readonly<Record<string, Operation>>)[resource.operation];
  const validate = (items as Readonly<Record<string, Validator>>)[resource.operation];
  if (operation === undefined || validate === undefined) throw new Error(`The contract has no ${resource.operation}.`);
  return { resource, operation, validate };
}

function checkCollection({ resource, validate }: RecordRules, name: string): void {
  const record = { [resource.collection]: name };
  if (validate(record)) return;
  // Other members may be missing.
  const fault = validate.errors?.find(({ instancePath }) => instancePath === `/${resource.collection}`);
  if (fault === undefined) return;
  const { field, message } = inWords(fault, record);
  throw new ImportError(`${field} ${message}.`);
}
