/** The endpoint, `lookout-packaging-jobs/endpoint`. */
export type { Credentials } from "../signing/credentials.ts";
export type { Key } from "./access/keys.ts";
export type { Logger } from "./http/call-log.ts";
export type { Limits } from "./http/limits.ts";
export {
  ImportError,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  importInventory,
  type LocatedFault,
  registerCollection,
  type Source,
  toText,
} from "./inventory/index.ts";
export { type Endpoint, type ServeOptions, serve } from "./serve.ts";
export { type OpenOptions, openStore } from "./stores/index.ts";
export { type Store, type StoreCounts, StoreError, StoreUnavailableError } from "./stores/store.ts";
export { withoutSecrets } from "./stores/target.ts";
