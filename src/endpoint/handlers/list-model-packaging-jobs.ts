import { contract, type ListModelPackagingJobsInput } from "../../../generated/index.ts";
import { validationFault } from "../constraints.ts";
import { Fault } from "../fault.ts";
import type { Handler } from "../handler.ts";
import { openPageToken, sealPageToken } from "../page-token.ts";
import type { Resource } from "../resource.ts";
import type { Cursor, Store } from "../store.ts";

/** Packaging jobs: what the operation lists, and what an inventory holds. */
export const packagingJobs: Resource = {
  operation: "listModelPackagingJobs",
  collection: "ProjectName",
  name: "JobName",
  created: "CreationTimestamp",
  updated: "LastUpdatedTimestamp",
};

const { id, paginated } = contract.operations.listModelPackagingJobs;

/** Answers a page of a project's jobs, newest first. */
export const listModelPackagingJobs: Handler = {
  operation: packagingJobs.operation,
  project: "projectName",

  async answer(input: ListModelPackagingJobsInput, store: Store): Promise<string> {
    const { projectName, maxResults = paginated.pageSize.maximum, nextToken } = input;
    const listing = `${id} ${projectName}`;
    const after = nextToken ? cursorOf(store, listing, nextToken) : undefined;

    // One more than is asked for tells whether there is a next page.
    const records = await store.page(projectName, { ...(after && { after }), limit: maxResults + 1 });
    if (records.length === 0 && !(await store.hasCollection(projectName))) throw noSuchProject(projectName);
    const more = records.length > maxResults;
    if (more) records.pop();

    // The records are JSON text already.
    const jobs = records.map(({ body }) => body).join(",");
    const token = more ? `,"NextToken":"${sealPageToken(store.tokenKey, listing, records.at(-1)!)}"` : "";
    return `{"ModelPackagingJobs":[${jobs}]${token}}`;
  },
};

function cursorOf(store: Store, listing: string, nextToken: string): Cursor {
  const cursor = openPageToken(store.tokenKey, listing, nextToken);
  if (cursor !== undefined) return cursor;
  const rule = "be a token that a previous page of this listing gave out";
  throw validationFault([{ member: paginated.inputToken, value: nextToken, rule }]);
}

function noSuchProject(projectName: string): Fault {
  return new Fault("ResourceNotFoundException", `The project ${projectName} was not found.`, {
    members: { ResourceId: projectName, ResourceType: "PROJECT" },
  });
}
