/** What a store is named by: the path of a file, or the URL of a database. */
import { StoreError } from "./store.ts";

/** A path that cannot be meant as a URL: `./jobs.db`, `/data/jobs.db`, `C:\jobs.db`. */
const PLAIN_PATH = /^(\.{1,2}[\\/]|\/(?!\/)|\\|[a-z]:[\\/])/i;
/** A scheme, `://`, or a user's password before a host. */
const LIKE_A_URL = /^[^a-z]*[a-z][a-z\d+.-]+:|:\/\/|:.*@/i;

/** Whether a target is a URL of a PostgreSQL. */
export function isPostgresUrl(target: string): boolean {
  return /^postgres(ql)?:\/\//i.test(target);
}

/**
 * Refuses a target that looks like a URL and is none of PostgreSQL's, such as `postgres:/…` or `mysql://…`: taken for a
 * path, its password would become the name of a file and stand in messages.
 * @throws StoreError that does not show the target
 */
export function checkTarget(target: string): void {
  if (isPostgresUrl(target) || PLAIN_PATH.test(target) || !LIKE_A_URL.test(target)) return;
  throw new StoreError(
    "The store looks like a URL, but not of a PostgreSQL (it is not shown: it may hold a password). Write postgres://USER@HOST/DATABASE for a database, or ./NAME for a file of such a name.",
  );
}

/** What to call a target: of a URL, which may hold a password in several places, the server and the database. */
export function withoutSecrets(target: string): string {
  if (!isPostgresUrl(target)) return target;
  try {
    const { host, pathname } = new URL(target);
    return `postgres://${host}${pathname}`;
  } catch {
    return "what is no URL";
  }
}
