/** AWS's last SDK for the service, as its documentation uses it. */
import {
  ListModelPackagingJobsCommand,
  LookoutVisionClient,
  paginateListModelPackagingJobs,
} from "@aws-sdk/client-lookoutvision";
import type { Peer, Target } from "./peer.ts";

export function open({ url, region, credentials }: Target): Peer {
  const client = new LookoutVisionClient({ endpoint: url, region, credentials });
  return {
    async page(ProjectName, NextToken) {
      const page = await client.send(new ListModelPackagingJobsCommand({ ProjectName, NextToken }));
      return { jobs: page.ModelPackagingJobs ?? [], token: page.NextToken };
    },
    async list(ProjectName, onPage) {
      let count = 0;
      for await (const page of paginateListModelPackagingJobs({ client }, { ProjectName })) {
        count += page.ModelPackagingJobs?.length ?? 0;
        await onPage();
      }
      return count;
    },
  };
}
