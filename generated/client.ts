// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.
import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { operations, paths } from "./types.js";

/** The typed openapi-fetch client. */
export type Raw = Client<paths<number>, "application/json">;

/** Makes the typed openapi-fetch client. */
export const connect = (options: ClientOptions): Raw => createClient<paths<number>, "application/json">(options);

/** Options of a call beside its input. */
export interface Init {
  fetch: (request: Request) => Promise<Response>;
}

function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  const picked = {} as Pick<T, K>;
  for (const name of names) if (from[name] !== undefined) picked[name] = from[name];
  return picked;
}

export interface ListModelPackagingJobsWire {
  projectName: NonNullable<operations<number>["ListModelPackagingJobs"]["parameters"]["path"]>["projectName"];
  maxResults?: Exclude<NonNullable<operations<number>["ListModelPackagingJobs"]["parameters"]["query"]>["maxResults"], undefined>;
  nextToken?: Exclude<NonNullable<operations<number>["ListModelPackagingJobs"]["parameters"]["query"]>["nextToken"], undefined>;
}

/** One call for each operation: it takes a client and a flat input in wire form. */
export const calls = {
  listModelPackagingJobs: (client: Raw, input: ListModelPackagingJobsWire, init: Init) =>
    client.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
      ...init,
      params: { path: pick(input, "projectName"), query: pick(input, "maxResults", "nextToken") },
    }),
};
