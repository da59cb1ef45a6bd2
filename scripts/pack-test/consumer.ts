/** A program that uses the installed package. It is text, because its imports do not resolve here. */

/** Uses every entry point but `paginate`, which the README's sample uses. Compiled under strict. */
export const CONSUMER = `
import { createClient, InputError, isServiceError } from "lookout-packaging-jobs";
import type { Client, ListModelPackagingJobsInput, ModelPackagingJobMetadata } from "lookout-packaging-jobs";
import { clientFor } from "lookout-packaging-jobs/client";
import { type Endpoint, serve } from "lookout-packaging-jobs/endpoint";
import { signedFetch } from "lookout-packaging-jobs/sigv4";

const store = process.argv[2] ?? ":memory:";
const endpoint: Endpoint = await serve({ store, import: ["jobs.json"] });
const { credentials, region, url } = endpoint;
const lookout: Client = createClient({ endpoint: url, region, credentials });
const input: ListModelPackagingJobsInput = { projectName: "circuit-boards", maxResults: 10 };

const page = await lookout.listModelPackagingJobs(input);
const token: string | undefined = page.NextToken;
const jobs: ModelPackagingJobMetadata[] = [];
let pages = 0;
for await (const { ModelPackagingJobs = [] } of lookout.listModelPackagingJobs(input).pages()) {
  pages++;
  jobs.push(...ModelPackagingJobs);
}
const created: Date | undefined = jobs[0]?.CreationTimestamp;
if (!token || !(created instanceof Date)) throw new Error("the first page has no token, or the first job no date");

try {
  await lookout.listModelPackagingJobs({ projectName: "nobody" });
} catch (error) {
  if (!isServiceError(error) || error.name !== "ResourceNotFoundException") throw error;
  const type: "PROJECT" | "DATASET" | "MODEL" | "TRIAL" | "MODEL_PACKAGE_JOB" | undefined = error.body.ResourceType;
  if (type !== "PROJECT") throw new Error("the error has no ResourceType");
}
try {
  await lookout.listModelPackagingJobs({ projectName: ".." });
  throw new Error("a dot segment was sent");
} catch (error) {
  if (!(error instanceof InputError)) throw error;
}

const { data } = await lookout.raw.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
  params: { path: { projectName: "circuit-boards" } },
});
const seconds: number | undefined = data?.ModelPackagingJobs?.[0]?.CreationTimestamp;
const signed = signedFetch({ service: "lookoutvision", region, credentials });
const response = await signed(url + "/2020-11-20/projects/circuit-boards/modelpackagingjobs");
if (typeof seconds !== "number" || response.status !== 200 || typeof clientFor !== "function") {
  throw new Error("raw or signedFetch failed: " + response.status);
}

// @ts-expect-error there is no such input
lookout.listModelPackagingJobs({ projectName: "circuit-boards", pageSize: 10 });

await lookout.close();
await endpoint.close();
console.log(\`Listed \${jobs.length} jobs in \${pages} pages\`);
`;

/** The output that the program must print. */
export const EXPECTED = "Listed 25 jobs in 3 pages";

/** An inventory as the AWS CLI saved it. */
export const INVENTORY = JSON.stringify({
  ModelPackagingJobs: Array.from({ length: 25 }, (_, at) => ({
    JobName: `job-${at}`,
    ProjectName: "circuit-boards",
    Status: "SUCCEEDED",
    CreationTimestamp: `2025-09-14T08:${String(at).padStart(2, "0")}:00.123000+00:00`,
  })),
});
