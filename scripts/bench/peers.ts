/** The peers of the client, the floor first, and the imports of each in an application. */
export const PEERS = {
  floor: {
    title: "the floor: aws4, node:http, JSON.parse and Dates by hand",
    imports: 'export { default } from "aws4"',
  },
  ours: { title: "lookout-packaging-jobs", imports: 'export * from "./src/index.ts"' },
  "aws-sdk": {
    title: "@aws-sdk/client-lookoutvision",
    imports:
      'export { LookoutVisionClient, ListModelPackagingJobsCommand, paginateListModelPackagingJobs } from "@aws-sdk/client-lookoutvision"',
  },
  aws4fetch: { title: "aws4fetch", imports: 'export { AwsClient } from "aws4fetch"' },
  "aws-sigv4-fetch": {
    title: "aws-sigv4-fetch",
    imports: 'export { createSignedFetcher } from "aws-sigv4-fetch"',
  },
  "openapi-fetch": {
    title: "openapi-fetch + aws4 over fetch",
    imports: 'export { default } from "openapi-fetch"; export { default as aws4 } from "aws4"',
  },
  redocly: {
    title: "Redocly's generated client + aws4 over fetch",
    imports:
      'export { ListModelPackagingJobs, use } from "./redocly-client.ts"; export { default as aws4 } from "aws4"',
  },
};
export type Name = keyof typeof PEERS;
export const names = Object.keys(PEERS) as Name[];
/** The peers with their own way to list a project, and the floor. */
export const listers: readonly Name[] = ["floor", "ours", "aws-sdk"];

/** A value for each peer. */
export type PerPeer<Value> = Readonly<Record<Name, Value>>;

export function perPeer<Value>(make: (name: Name) => Value): PerPeer<Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as PerPeer<Value>;
}
