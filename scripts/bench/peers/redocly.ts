/** The client that Redocly's CLI generates from the same document, signed by aws4 in a middleware, over the global fetch. */
import aws4 from "aws4";
import { listByPage, type Page, type Peer, type Target, type WirePage } from "./peer.ts";

/** The part of the generated module in use here. The module is written when the benchmark is built. */
interface Generated {
  readonly OPERATIONS: object;
  createClient(operations: object, config: { serverUrl: string; middleware: readonly object[] }): Client;
}

interface Client {
  ListModelPackagingJobs(input: { path: object; query: object }): Promise<WirePage>;
}

interface Context {
  readonly url: string;
  readonly headers: Record<string, string>;
}

const file = "./redocly-client.js";
const { OPERATIONS, createClient } = (await import(file)) as Generated;

export function open({ url, region, credentials }: Target): Peer {
  const onRequest = (context: Context) => {
    const { host, pathname, search } = new URL(context.url);
    const signable = { service: "lookoutvision", region, method: "GET", host, path: pathname + search };
    Object.assign(context.headers, aws4.sign({ ...signable, headers: { host } }, credentials).headers);
  };
  const client = createClient(OPERATIONS, { serverUrl: url, middleware: [{ onRequest }] });
  const page = async (projectName: string, nextToken?: string): Promise<Page> => {
    const body = await client.ListModelPackagingJobs({
      path: { projectName },
      query: nextToken === undefined ? {} : { nextToken },
    });
    return { jobs: body.ModelPackagingJobs, token: body.NextToken };
  };
  return { page, list: (projectName, onPage) => listByPage(page, projectName, onPage) };
}
