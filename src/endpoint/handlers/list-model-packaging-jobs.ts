import { contract, type ListModelPackagingJobsInput } from "../../../generated/index.ts";
import { items } from "../../../generated/items.ts";
import { routes } from "../../../generated/routes.ts";
import { faultInWords, validationError } from "../http/constraints.ts";
import { ErrorResponse } from "../http/error-response.ts";
import type { Cursor, Store } from "../stores/store.ts";
import type { Handler } from "./handler.ts";
import { openPageToken, sealPageToken } from "./page-token.ts";
import type { Resource } from "./resource.ts";

const operation = { ...contract.operations.listModelPackagingJobs, ...routes.listModelPackagingJobs };

/** Packaging jobs: the operation lists them, and an inventory holds them. */
export const packagingJobs: Resource = {
  operation,
  validate: items.listModelPackagingJobs,
  collection: "ProjectName",
  name: "JobName",
  created: "CreationTimestamp",
  updated: "LastUpdatedTimestamp",
};

/** Responds with a page of a project's jobs, newest first. */
export const listModelPackagingJobs: Handler = {
  operation,
  project: "projectName",

  async respond(input: ListModelPackagingJobsInput, store: Store): Promise<Buffer> {
    const { projectName, maxResults = operation.paginated.pageSize.maximum, nextToken } = input;
    const listing = `${operation.id} ${projectName}`;
    const after = nextToken ? cursorOf(store, listing, nextToken) : undefined;

    const page = await store.page(projectName, { after, limit: maxResults });
    if (page === undefined) throw noSuchProject(projectName);
    const token = page.last ? `,"NextToken":"${sealPageToken(store.tokenKey, listing, page.last)}"` : "";
    return Buffer.from(`{"ModelPackagingJobs":[${page.bodies}]${token}}`);
  },
};

function cursorOf(store: Store, listing: string, nextToken: string): Cursor {
  const cursor = openPageToken(store.tokenKey, listing, nextToken);
  if (cursor !== undefined) return cursor;
  const rule = "be a token that a previous page of this listing gave out";
  throw validationError([faultInWords(operation.paginated.inputToken, nextToken, rule)]);
}

function noSuchProject(projectName: string): ErrorResponse {
  return new ErrorResponse("ResourceNotFoundException", `The project ${projectName} was not found.`, {
    members: { ResourceId: projectName, ResourceType: "PROJECT" },
  });
}
