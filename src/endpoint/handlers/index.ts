/** Every operation that the endpoint answers, and what its inventories hold. */
import type { Handler } from "./handler.ts";
import { listModelPackagingJobs, packagingJobs } from "./list-model-packaging-jobs.ts";

export const handlers: readonly Handler[] = [listModelPackagingJobs];

/** What `import` puts into a store. */
export const resource = packagingJobs;
