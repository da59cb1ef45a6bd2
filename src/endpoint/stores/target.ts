/** The target of a store: the path of a file, or the URL of a database. */
import { StoreError } from "./store.ts";

/** A path that cannot be meant as a URL: `./jobs.db`, `/data/jobs.db`, `C:\jobs.db`. */
const PLAIN_PATH = /^(\.{1,2}[\\/]|\/(?!\/)|\\|[a-z]:[\\/])/i;
/** A scheme, `://`, or a user's password before a host. */
const LIKE_A_URL = /^[^a-z]*[a-z][a-z\d+.-]+:|:\/\/|:.*@/i;

/** Whether a target is a URL of a PostgreSQL. */
export function isPostgresUrl(target: string): boolean {
  return /^postgres(ql)?:\/\//i.test(target);
}

/** How to write a password, or a user's name, in a URL. */
export const ENCODING =
  "Percent-encode what is special in the user's name and the password: %40 for @, %2F for /, %3F for ?, %23 for #, %25 for %.";

/**
 * Refuses a target that looks like a URL and is none of PostgreSQL's, such as `postgres:/…` or `mysql://…`: taken for a
 * path, its password would become the name of a file and stand in messages. Refuses a URL of PostgreSQL whose password
 * is not percent-encoded: the driver would take parts of it for the host or the database, and name them in messages.
 * @throws StoreError that does not show the target
 */
export function checkTarget(target: string): void {
  if (isPostgresUrl(target)) checkUrl(target);
  else if (!PLAIN_PATH.test(target) && LIKE_A_URL.test(target))
    throw new StoreError(
      "The store looks like a URL, but not of a PostgreSQL (it is not shown: it may hold a password). Write postgres://USER@HOST/DATABASE for a database, or ./NAME for a file of such a name.",
    );
}

function checkUrl(target: string): void {
  const [authority] = /(?<=\/\/)[^/?#]*/.exec(target)!;
  const refuse = (fault: string): never => {
    throw new StoreError(`The URL of the store ${fault} (it is not shown: it may hold a password). ${ENCODING}`);
  };
  if (target.lastIndexOf("@") > target.indexOf("//") + 2 + authority.length) refuse("has an @ behind its host");
  // Without a host the driver takes a socket.
  const text = target.replace("@/", "@localhost/");
  if (!URL.canParse(text)) refuse("is not well-formed");
  const { username, password } = new URL(text);
  // A lone % stands for itself, as the driver reads it.
  if (decoded(username) === undefined || decoded(password) === undefined) refuse("has a % that encodes no character");
}

/** Text without its percent-encoding; undefined when what it encodes is not UTF-8. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, "%25"));
  } catch {
    return undefined;
  }
}

/** The name of a store in messages: a path as it is; the server and database of a URL, which may hold a password elsewhere. */
export function withoutSecrets(target: string): string {
  if (!isPostgresUrl(target)) return target;
  try {
    checkUrl(target);
  } catch {
    return "a malformed URL";
  }
  const { host, pathname } = new URL(target.replace("@/", "@localhost/"));
  return `postgres://${host}${pathname}`;
}
