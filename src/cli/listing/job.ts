/** Jobs as the command prints them, and the client that lists them. */
import { contract } from "../../../generated/index.ts";
import { clientFor } from "../../client.ts";
import type { Client, ClientOptions, ModelPackagingJobMetadata } from "../../index.ts";
import { isoTime } from "../../iso-time.ts";

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

const { listModelPackagingJobs } = contract.operations;

/** The public client, but times stay epoch seconds, whatever its types say: a `Date` would cut their microseconds. */
export const createWireClient: (options: ClientOptions) => Client = clientFor({
  ...contract,
  operations: { listModelPackagingJobs: { ...listModelPackagingJobs, timestamps: { input: [], output: [] } } },
});

const TIMES = new Set<string>(listModelPackagingJobs.timestamps.output.map((path) => path[2]));

/** A job of the wire as it is printed. */
export function toJob(wire: Readonly<Record<string, unknown>>): Job {
  const job: Job = {};
  for (const member of MEMBERS) {
    const value = wire[member];
    if (typeof value === "number" && TIMES.has(member)) job[member] = isoTime(value);
    else if (value !== undefined) job[member] = value as string;
  }
  return job;
}
