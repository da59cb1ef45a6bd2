/** Imports saved inventories of the endpoint's records into a store. */

import { resource } from "../handlers/index.ts";
import type { Store } from "../stores/store.ts";
import { type ImportOptions, importRecords, register } from "./import.ts";
import type { ImportReport } from "./report.ts";
import type { Source } from "./source.ts";

export type { ImportOptions, ImportProgress } from "./import.ts";
export { ImportError, type ImportReport, type LocatedFault, toText } from "./report.ts";
export type { Source } from "./source.ts";

/**
 * Imports inventories in one transaction: every record, or none when one is refused (but see `keepGoing`).
 *
 * An inventory is JSON in UTF-8 that holds records: pages as the API, the AWS CLI, boto3 and the SDKs give them, bare
 * records, lists of either, any number of them in a row, or a record a line. It is read as a stream, and a file up to
 * the size that it has when it is opened. A record that is known already (same collection, name and creation time to
 * the microsecond) is replaced when it has changed later.
 *
 * @example
 * const report = await importInventory(store, ["saved.json", "-"], { keepGoing: true });
 * if (report.empty.length > 0) console.warn(`nothing in ${report.empty.join(", ")}`);
 *
 * @throws ImportError when a record is refused, or a source cannot be read or gives nothing for too long
 */
export function importInventory(
  store: Store,
  sources: readonly Source[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  return importRecords(store, resource, sources, options);
}

/**
 * Registers a collection, which then lists as empty when it has no records.
 * @throws ImportError when its name breaks the contract
 */
export function registerCollection(store: Store, name: string): Promise<void> {
  return register(store, resource, name);
}
