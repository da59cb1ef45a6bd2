/** openapi-fetch and aws4, put together as their documentation shows, over the global fetch. */
import aws4 from "aws4";
import createClient from "openapi-fetch";
import type { paths } from "../../../generated/types.ts";
import { listByPage, type Page, type Peer, type Target } from "./peer.ts";

export function open({ url, region, credentials }: Target): Peer {
  const client = createClient<paths>({
    baseUrl: url,
    fetch: (request) => {
      const { host, pathname, search } = new URL(request.url);
      const signable = { service: "lookoutvision", region, method: "GET", host, path: pathname + search };
      const { headers } = aws4.sign({ ...signable, headers: { host } }, credentials);
      return fetch(new Request(request, { headers: headers as Record<string, string> }));
    },
  });
  const page = async (projectName: string, nextToken?: string): Promise<Page> => {
    const { data, response } = await client.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
      params: { path: { projectName }, query: nextToken === undefined ? {} : { nextToken } },
    });
    if (!data) throw new Error(`HTTP ${response.status}`);
    return { jobs: data.ModelPackagingJobs ?? [], token: data.NextToken };
  };
  return { page, list: (projectName, onPage) => listByPage(page, projectName, onPage) };
}
