import { resolve } from "node:path";
import { discreet, hider } from "./discreet.ts";
import { openMemory } from "./memory.ts";
import { type Store, StoreError, StoreUnavailableError, type Writer } from "./store.ts";
import { checkTarget, ENCODING, isPostgresUrl, withoutSecrets } from "./target.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** PostgreSQL's class of errors about who may connect. */
const REFUSED = /^28/;

/** Options of {@link openStore}. */
export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a store, and makes or migrates its schema where needed.
 *
 * @param target `:memory:` keeps the records in the process, a `postgres://` or `postgresql://` URL in PostgreSQL,
 *   and anything else is the path of a SQLite file, made when missing. @default ":memory:"
 * @param options.signal gives up the opening, also while it waits for other processes or migrates. Once the store is
 *   open, the signal has no effect.
 * @throws `StoreError` when the target looks like another URL, the engine is not installed, or the store cannot be
 *   opened or is of a later version; and the signal's reason.
 */
export async function openStore(target = ":memory:", { signal }: OpenOptions = {}): Promise<Store> {
  signal?.throwIfAborted();
  if (target === ":memory:") return inTurns(openMemory());
  checkTarget(target);
  const isPostgres = isPostgresUrl(target);
  const hide = isPostgres ? hider(target) : undefined;
  try {
    const open = isPostgres ? (await import("./postgres.ts")).openPostgres : (await import("./sqlite.ts")).openSqlite;
    const store = await open(target, signal);
    return inTurns(hide ? discreet(store, hide) : store);
  } catch (error) {
    signal?.throwIfAborted();
    hide?.(error);
    const isExplained = error instanceof StoreError && !(error instanceof StoreUnavailableError);
    if (isExplained) throw error;
    const place = isPostgres ? `at ${withoutSecrets(target)}` : resolve(target);
    const cause = error instanceof StoreUnavailableError ? error.cause : error;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = cause instanceof Error ? cause.message || code : cause;
    const advice = isPostgres && REFUSED.test(code) ? ` Check the user's name and the password. ${ENCODING}` : "";
    throw new StoreError(`Cannot open the store ${place}: ${reason}.${advice}`, { cause: error });
  }
}

/** Runs a store's writes one after another, and closes it after all of them. */
function inTurns(store: Store): Store {
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  function take<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = unlessAborted(last, signal).then(task);
    // An aborted waiter must not let the next write overtake earlier ones. No outcome is kept: a chain of them would
    // hold the report of every import until the store closes.
    last = Promise.allSettled([last, turn]).then(() => undefined);
    return turn;
  }

  return {
    ...store,
    write: (work, signal) => take(() => store.write((writer) => whole(writer, work), signal), signal),
    close() {
      closing ??= take(() => store.close());
      return closing;
    },
  };
}

/** Runs `work`, and rejects with the first error of the writer even if `work` caught it: records may be missing. */
async function whole<T>(writer: Writer, work: (writer: Writer) => Promise<T>): Promise<T> {
  const errors: unknown[] = [];
  const note = (error: unknown): never => {
    errors.push(error);
    throw error;
  };
  const result = await work({
    put: (records) => writer.put(records).catch(note),
    putCollection: (name) => writer.putCollection(name).catch(note),
    lookalikes: (records) => writer.lookalikes(records).catch(note),
  });
  if (errors.length > 0) throw errors[0];
  return result;
}
