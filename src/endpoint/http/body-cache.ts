import type { Store } from "../stores/store.ts";
import { endOfTurn } from "./turn.ts";

/** The bytes that a cache may hold: a hundred full pages or so. */
const CAPACITY = 4 * 1024 * 1024;

/** Gives the body kept under a key, or makes and keeps it. */
export type BodyCache = (key: string, make: () => Promise<Buffer>) => Promise<Buffer>;

/**
 * Keeps the bodies of pages for as long as the store stays as it is: callers who look at the same listing again and
 * again should not have it put together each time. A change of the store, by whichever process, empties it.
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
    // Once in a turn of the event loop: every request of the turn had arrived before, so it may share the answer.
    if (checked !== endOfTurn()) {
      checked = endOfTurn();
      const before = version;
      version = store.version();
      if (version !== before) clear();
    }
    const kept = bodies.get(key);
    if (kept !== undefined) return kept;
    // What is made from now on is at least as new as this version, and a later one will show.
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
