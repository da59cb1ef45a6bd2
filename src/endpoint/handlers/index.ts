/** The operations of the endpoint, and the resource that its inventories hold. */
import type { Handler } from "./handler.ts";
import { listModelPackagingJobs, packagingJobs } from "./list-model-packaging-jobs.ts";

export const handlers: readonly Handler[] = [listModelPackagingJobs];

/** The resource that `import` puts into a store. */
export const resource = packagingJobs;
