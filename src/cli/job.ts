/** Jobs as the command prints them, and the client that lists them. */

import type { Raw } from "../../generated/client.ts";
import { contract, type Errors, type ListModelPackagingJobsInput } from "../../generated/index.ts";
import type { components } from "../../generated/wire.ts";
import { type Client, clientFor } from "../client.ts";
import type { ClientOptions } from "../config.ts";
import { isoTime } from "./iso-time.ts";

type ListModelPackagingJobsResponse = components["schemas"]["ListModelPackagingJobsResponse"];
type ModelPackagingJobMetadata = components["schemas"]["ModelPackagingJobMetadata"];

/** The members of a job in the order of AWS's model, which is the order in which the AWS CLI prints them. */
export const MEMBERS = [
  "JobName",
  "ProjectName",
  "ModelVersion",
  "ModelPackagingJobDescription",
  "ModelPackagingMethod",
  "Status",
  "StatusMessage",
  "CreationTimestamp",
  "LastUpdatedTimestamp",
] as const satisfies readonly (keyof ModelPackagingJobMetadata)[];

/** A job with its times in ISO 8601. */
export type Job = { [Member in (typeof MEMBERS)[number]]?: string };

/** A listing, or a part of one, as the AWS CLI prints it. */
export interface JobList {
  ModelPackagingJobs: Job[];
  NextToken?: string;
}

const { listModelPackagingJobs } = contract.operations;

/** The contract but for one thing: times stay epoch seconds. A `Date` would cut their microseconds. */
const wireContract = {
  ...contract,
  operations: { listModelPackagingJobs: { ...listModelPackagingJobs, timestamps: { input: [], output: [] } } },
  types: undefined as
    | {
        operations: {
          listModelPackagingJobs: {
            input: ListModelPackagingJobsInput;
            output: ListModelPackagingJobsResponse;
            item: ModelPackagingJobMetadata;
          };
        };
        errors: Errors;
        raw: Raw;
      }
    | undefined,
};

/** The public client with times as they are on the wire. */
export type WireClient = Client<typeof wireContract>;

/** Makes one. */
export const createWireClient: (options?: ClientOptions) => WireClient = clientFor(wireContract);

const TIMES = new Set<string>(listModelPackagingJobs.timestamps.output.map((path) => path[2]));

/** A job of the wire as it is printed. */
export function toJob(wire: ModelPackagingJobMetadata): Job {
  const job: Job = {};
  for (const member of MEMBERS) {
    const value: unknown = wire[member];
    if (typeof value === "number" && TIMES.has(member)) job[member] = isoTime(value);
    else if (value !== undefined) job[member] = value as string;
  }
  return job;
}
