/** The floor: signs a request, sends it, parses the response and makes its Dates. No retry, no deadline, no check. */
import { Agent, request } from "node:http";
import aws4 from "aws4";
import { listByPage, type Page, type Peer, pathOf, type Target, type WirePage } from "./peer.ts";

const TIMES = ["CreationTimestamp", "LastUpdatedTimestamp"];

export function open({ url, region, credentials }: Target): Peer {
  const { host, hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true });
  const page = (projectName: string, token?: string): Promise<Page> =>
    new Promise((resolve, reject) => {
      const path = pathOf(projectName, token);
      const signable = { service: "lookoutvision", region, method: "GET", host, path, headers: { host } };
      const { headers } = aws4.sign(signable, credentials);
      const outgoing = request({ agent, hostname, port, path, headers: headers as Record<string, string> });
      outgoing.on("error", reject);
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("error", reject);
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          if (incoming.statusCode !== 200) return reject(new Error(`HTTP ${incoming.statusCode}`));
          const body = JSON.parse(Buffer.concat(chunks).toString()) as WirePage;
          for (const job of body.ModelPackagingJobs as Record<string, unknown>[])
            for (const time of TIMES) job[time] = new Date(Math.round((job[time] as number) * 1000));
          resolve({ jobs: body.ModelPackagingJobs, token: body.NextToken });
        });
      });
      outgoing.end();
    });
  return { page, list: (projectName, onPage) => listByPage(page, projectName, onPage) };
}
