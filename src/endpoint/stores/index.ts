import type { Store } from "../store.ts";
import { openMemory } from "./memory.ts";

/**
 * Opens a store, and makes or migrates its schema where needed.
 *
 * @param target where the records are kept; `:memory:` keeps them in the process. @default ":memory:"
 */
export async function openStore(target = ":memory:"): Promise<Store> {
  if (target === ":memory:") return openMemory();
  throw new Error(`No storage engine keeps ${target}.`);
}
