/** The endpoint, `lookout-packaging-jobs/endpoint`. */
export type { Credentials } from "../credentials.ts";
export { resource } from "./handlers/index.ts";
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
} from "./import.ts";
export type { Key } from "./keys.ts";
export type { Limits } from "./limits.ts";
export type { Logger } from "./log.ts";
export type { Resource } from "./resource.ts";
export { type Endpoint, type ServeOptions, serve } from "./serve.ts";
export { type Store, StoreError } from "./store.ts";
export { openStore } from "./stores/index.ts";
