/** This package's client as `createClient` makes it: checks, retries, deadlines, Dates and prefetching all on. */
import { createClient } from "../../../src/index.ts";
import { PAGE_SIZE } from "../sizes.ts";
import type { Peer, Target } from "./peer.ts";

export function open({ url, region, credentials }: Target): Peer {
  const lookout = createClient({ endpoint: url, region, credentials });
  return {
    async page(projectName, token) {
      const page = await lookout.listModelPackagingJobs({ projectName, nextToken: token });
      return { jobs: page.ModelPackagingJobs ?? [], token: page.NextToken };
    },
    async list(projectName, onPage) {
      let count = 0;
      for await (const _ of lookout.listModelPackagingJobs({ projectName }))
        if (++count % PAGE_SIZE === 0) await onPage();
      return count;
    },
  };
}
