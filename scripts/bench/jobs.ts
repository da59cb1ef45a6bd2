/** Made-up jobs: the same ones in every run, about 300 bytes of JSON each, so that 100 of them are a page of 30 kB. */

/** A job as it stands on the wire. */
export interface Job {
  readonly JobName: string;
  readonly ProjectName: string;
  readonly CreationTimestamp: number;
  readonly LastUpdatedTimestamp: number;
  readonly [member: string]: unknown;
}

const STATUSES = ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "RUNNING", "FAILED", "CREATED"];

/** Job number `index` of a project, each a minute younger than the one before. */
export function job(project: string, index: number): Job {
  const created = 1_600_000_000 + index * 60;
  return {
    JobName: `${project}-greengrass-component-${index}`,
    ProjectName: project,
    ModelVersion: String(1 + (index % 40)),
    ModelPackagingJobDescription: `Edge component for line ${index % 12}, packaged at night`,
    ModelPackagingMethod: "GreengrassV2",
    Status: STATUSES[index % STATUSES.length],
    StatusMessage: "The packaging job has come to its end.",
    CreationTimestamp: created + 0.123,
    LastUpdatedTimestamp: created + 912.456,
  };
}
