/** aws4fetch, which signs by Web Crypto and sends by the global fetch. */
import { AwsClient } from "aws4fetch";
import { listByPage, type Page, type Peer, pathOf, type Target, type WirePage } from "./peer.ts";

export function open({ url, region, credentials }: Target): Peer {
  const client = new AwsClient({ ...credentials, service: "lookoutvision", region });
  const page = async (projectName: string, token?: string): Promise<Page> => {
    const response = await client.fetch(url + pathOf(projectName, token));
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const body = (await response.json()) as WirePage;
    return { jobs: body.ModelPackagingJobs, token: body.NextToken };
  };
  return { page, list: (projectName, onPage) => listByPage(page, projectName, onPage) };
}
