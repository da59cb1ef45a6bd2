/** aws-sigv4-fetch, which signs by AWS's own signer and sends by the global fetch. */
import { createSignedFetcher } from "aws-sigv4-fetch";
import { listByPage, type Page, type Peer, pathOf, type Target, type WirePage } from "./peer.ts";

export function open({ url, region, credentials }: Target): Peer {
  const fetch = createSignedFetcher({ service: "lookoutvision", region, credentials });
  const page = async (projectName: string, token?: string): Promise<Page> => {
    const response = await fetch(url + pathOf(projectName, token));
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const body = (await response.json()) as WirePage;
    return { jobs: body.ModelPackagingJobs, token: body.NextToken };
  };
  return { page, list: (projectName, onPage) => listByPage(page, projectName, onPage) };
}
