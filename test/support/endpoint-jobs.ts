/** Packaging jobs for a store. */
import type { Store } from "../../src/endpoint/index.ts";
import { type Cursor, rankOf } from "../../src/endpoint/stores/store.ts";

/** The path of a project's listing. */
export const listingOf = (project: string): string => `/2020-11-20/projects/${project}/modelpackagingjobs`;

/** Puts `count` jobs into a project, one a second; the last is the newest. */
export async function putJobs(store: Store, project: string, count: number, first = 0): Promise<void> {
  const records = Array.from({ length: count }, (_, at) => {
    const created = 1_757_000_000 + first + at;
    const job = { JobName: `job-${first + at}`, ProjectName: project, Status: "SUCCEEDED", CreationTimestamp: created };
    return {
      collection: project,
      name: job.JobName,
      rank: rankOf(created * 1e6),
      updated: null,
      body: JSON.stringify(job),
    };
  });
  await store.write(async (writer) => {
    await writer.putCollection(project);
    await writer.put(records);
  });
}

/** The records of a page of a store, read as JSON; undefined when there is no such collection. */
export async function stored<Stored = unknown>(
  store: Store,
  collection: string,
  options: { after?: Cursor | undefined; limit: number } = { limit: 100 },
): Promise<Stored[] | undefined> {
  const page = await store.page(collection, options);
  return page && JSON.parse(`[${Buffer.from(page.bodies)}]`);
}
