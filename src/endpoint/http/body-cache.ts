import type { Store } from "../stores/store.ts";
import { endOfTurn } from "./turn.ts";

/** The bytes that a cache may hold: a hundred full pages or so. */
const CAPACITY = 4 * 1024 * 1024;

/** Gives the body kept under a key, or makes and keeps it. */
export type BodyCache = (key: string, make: () => Promise<Buffer>) => Promise<Buffer>;

/**
 * Keeps the bodies of pages until the store changes, in whichever process: callers who poll a listing should not have
 * it put together each time.
 */
export function bodyCache(store: Store, capacity: number = CAPACITY): BodyCache {
  const bodies = new Map<string, Buffer>();
  let size = 0;
  let version: unknown;
  let checked: Promise<void> | undefined;

  function clear(): void {
    bodies.clear();
    size = 0;
  }

  return async (key, make) => {
    if (store.version === undefined) return make();
    // The version is read once in a turn of the event loop: all requests of the turn arrived before, so they may share it.
    if (checked !== endOfTurn()) {
      checked = endOfTurn();
      const before = version;
      version = store.version();
      if (version !== before) clear();
    }
    const kept = bodies.get(key);
    if (kept !== undefined) return kept;
    // A body made from now on is at least as new as this version. A later version empties the cache.
    const current = version;
    const body = await make();
    if (current === version && !bodies.has(key) && body.length <= capacity) {
      if (size + body.length > capacity) clear();
      bodies.set(key, body);
      size += body.length;
    }
    return body;
  };
}
