/** What a store is named by: the path of a file, or the URL of a database. */

/** Whether a target is a URL of a PostgreSQL. */
export function isPostgresUrl(target: string): boolean {
  return /^postgres(ql)?:\/\//i.test(target);
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
