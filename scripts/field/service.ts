/** The service that the cases list from: the package's endpoint, behind a server that keeps the headers of requests. */
import { writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "../../src/endpoint/index.ts";

export interface Service {
  readonly url: string;
  /** The environment variables that a program needs to list from the service. */
  readonly env: Readonly<Record<string, string>>;
  /** The headers of all requests since the case began. */
  readonly requests: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** The number of its jobs, which make three pages of at most ten. */
export const JOBS = 25;

/** Starts the service on a free loopback port. */
export async function startService(folder: string): Promise<Service> {
  const jobs = Array.from({ length: JOBS }, (_, at) => ({
    JobName: `job-${at}`,
    ProjectName: "circuit-boards",
    Status: "SUCCEEDED",
    CreationTimestamp: 1_757_836_800 + at,
  }));
  const inventory = join(folder, "jobs.json");
  await writeFile(inventory, JSON.stringify({ ModelPackagingJobs: jobs }));
  const endpoint = await serve({ import: [inventory] });
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer((incoming, outgoing) => {
    requests.push(incoming.headers);
    const { method, url: path, rawHeaders: headers } = incoming;
    const onward = request({ host: "127.0.0.1", port: endpoint.port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders);
      response.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    env: {
      AWS_ENDPOINT_URL_LOOKOUTVISION: url,
      AWS_REGION: endpoint.region,
      AWS_ACCESS_KEY_ID: endpoint.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: endpoint.credentials.secretAccessKey,
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await endpoint.close();
    },
  };
}
