/** The file of a SQLite store: whether it can be written, and whether it is still the one that was opened. */
import { accessSync, closeSync, constants, existsSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { StoreUnavailableError } from "./store.ts";

/** The reason why the system does not open a file, by its code. */
const OBSTACLES: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
};

/** Milliseconds between two looks at the file: a look costs as much as a tenth of a page. */
const LOOK_INTERVAL = 1000;

/** How SQLite is to open a file. */
export interface Location {
  /** A path, or a URL that opens the file for reading only. */
  readonly address: string;
  /** Why the file cannot be written; undefined when it can. */
  readonly readOnly?: string;
}

/**
 * Finds out how a file can be opened, and makes it when it is missing.
 * @throws Error that says why it can be neither written nor read
 */
export function locate(path: string): Location {
  const isThere = existsSync(path);
  if (isThere && statSync(path).isDirectory()) throw new Error(OBSTACLES.EISDIR);
  try {
    // Only its owner may read it: the key of the page tokens is in it. Closed at once, since to close a file also ends
    // the locks that SQLite has on it in this process.
    if (!isThere) closeSync(openSync(path, "a", 0o600));
    accessSync(path, constants.R_OK | constants.W_OK);
    // SQLite keeps its log beside the file.
    accessSync(dirname(path), constants.W_OK);
    return { address: path };
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const reason = OBSTACLES[code] ?? message;
    if (!isThere) throw new Error(reason, { cause: error });
    const url = pathToFileURL(path).href;
    if (code !== "EROFS") return { address: `${url}?mode=ro`, readOnly: reason };
    if (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size)
      throw new Error(`${reason}, and its last changes are in ${path}-wal. Open it once where it can be written`);
    // Nobody can write there: SQLite needs no locks, and could keep none.
    return { address: `${url}?immutable=1`, readOnly: reason };
  }
}

/**
 * Makes a check that throws a StoreUnavailableError when another file has taken the path of this one: an open
 * connection stays with the old file. It looks once a second, or at once when `isDue`.
 */
export function replacementCheck(path: string): (isDue?: boolean) => void {
  const opened = identityOf(path);
  let checked = performance.now();
  return (isDue = false) => {
    const now = performance.now();
    if (!isDue && now - checked < LOOK_INTERVAL) return;
    if (identityOf(path) !== opened)
      throw new StoreUnavailableError(`${path} was replaced or removed since it was opened. Start again to use it.`);
    checked = now;
  };
}

function identityOf(path: string): string | undefined {
  const file = statSync(path, { throwIfNoEntry: false });
  return file && `${file.dev} ${file.ino}`;
}
