/** One way to list jobs, measured beside others. */
export interface Peer {
  /** Fetches one page and gives its jobs, parsed, and the token of the next. */
  page(projectName: string, token?: string): Promise<Page>;
  /** Lists a whole project by the peer's own pagination; calls `onPage` after each page, and gives the number of jobs. */
  list(projectName: string, onPage: () => Promise<void>): Promise<number>;
}

/** A page as the measurements need it. */
export interface Page {
  readonly jobs: readonly unknown[];
  readonly token: string | undefined;
}

/** The wire form of a page. */
export interface WirePage {
  readonly ModelPackagingJobs: readonly unknown[];
  readonly NextToken?: string;
}

/** The server to call, and the credentials to sign with. */
export interface Target {
  readonly url: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The path of a listing with its query. */
export function pathOf(projectName: string, token: string | undefined): string {
  const path = `/2020-11-20/projects/${encodeURIComponent(projectName)}/modelpackagingjobs`;
  return token === undefined ? path : `${path}?nextToken=${encodeURIComponent(token)}`;
}

/** The loop over pages, as callers of a client without pagination write it. */
export async function listByPage(
  page: Peer["page"],
  projectName: string,
  onPage: () => Promise<void>,
): Promise<number> {
  let count = 0;
  let token: string | undefined;
  do {
    const next = await page(projectName, token);
    count += next.jobs.length;
    token = next.token;
    await onPage();
  } while (token !== undefined);
  return count;
}
