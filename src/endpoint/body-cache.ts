import type { Store } from "./store.ts";

/** The bytes that a cache may hold: 500 full pages or so. */
const CAPACITY = 16 * 1024 * 1024;

/** Gives the body kept under a key, or makes and keeps it. */
export type BodyCache = (key: string, make: () => Promise<string>) => Promise<Buffer>;

/**
 * Keeps the bodies of pages, ready to be sent, for as long as the store stays as it is: callers who look at the same
 * listing again and again should not have it put together each time. A change of the store, by whichever process,
 * empties it.
 */
export function bodyCache(store: Store, capacity: number = CAPACITY): BodyCache {
  const bodies = new Map<string, Buffer>();
  let version: unknown;
  let asked: Promise<unknown> | undefined;
  let size = 0;

  /** Asks once in a turn of the event loop: every request of the turn had arrived before, so it may share the answer. */
  function currentVersion(): Promise<unknown> | undefined {
    if (asked === undefined && store.version !== undefined) {
      asked = store.version();
      setImmediate(() => {
        asked = undefined;
      });
    }
    return asked;
  }

  function keep(key: string, body: Buffer): void {
    size += body.length;
    bodies.set(key, body);
    for (const [oldest, { length }] of bodies) {
      if (size <= capacity) break;
      size -= length;
      bodies.delete(oldest);
    }
  }

  return async (key, make) => {
    // Asked before the page is: what is made is at least as new as its version, and a later one will show.
    const current = await currentVersion();
    if (current === undefined) return Buffer.from(await make());
    if (current !== version) {
      version = current;
      bodies.clear();
      size = 0;
    }
    const kept = bodies.get(key);
    if (kept !== undefined) return kept;
    const body = Buffer.from(await make());
    if (current === version && !bodies.has(key)) keep(key, body);
    return body;
  };
}
