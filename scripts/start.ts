/**
 * `npm start`: serves a sample inventory from a database in a temporary folder, lists one of
 * its projects through the public client, prints the jobs, and leaves nothing behind.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../src/endpoint/index.ts";
import { createClient, type ModelPackagingJobMetadata } from "../src/index.ts";

const projectName = "circuit-boards";
const inventory = fileURLToPath(new URL("sample/inventory.json", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "packaging-jobs-"));
try {
  const endpoint = await serve({ store: join(folder, "jobs.db"), import: [inventory] });
  const { url, region, credentials } = endpoint;
  let requests = 0;
  const logger = { debug: () => requests++, warn: () => {} };
  const lookout = createClient({ endpoint: url, region, credentials, logger });

  const jobs: ModelPackagingJobMetadata[] = [];
  for await (const job of lookout.listModelPackagingJobs({ projectName, maxResults: 50 })) jobs.push(job);

  console.log(row("JOB", "VERSION", "STATUS", "CREATED"));
  for (const job of jobs)
    console.log(row(job.JobName, job.ModelVersion, job.Status, job.CreationTimestamp?.toISOString()));
  console.log(`\nListed ${jobs.length} jobs of ${projectName} in ${requests} signed requests.

Next, an endpoint of your own from that inventory (Ctrl-C stops it), and what to do with it:
  npm run build && node dist/src/cli/index.js serve --store :memory: --import scripts/sample/inventory.json
  README.md, from "Quick start" on`);

  await lookout.close();
  await endpoint.close();
} finally {
  await rm(folder, { recursive: true });
}

function row(name = "-", version = "-", status = "-", created = "-"): string {
  return `${name.padEnd(32)}${version.padEnd(9)}${status.padEnd(11)}${created}`;
}
