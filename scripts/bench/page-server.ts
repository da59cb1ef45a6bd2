/** A bare node:http server that sends ready-made pages: every client is measured against it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answer } from "./child.ts";
import { job } from "./jobs.ts";
import { PAGE_SIZE } from "./sizes.ts";

const jobs = Array.from({ length: PAGE_SIZE }, (_, index) => job("circuit-boards", index));
const lastPage = Buffer.from(JSON.stringify({ ModelPackagingJobs: jobs }));
const openPage = lastPage.subarray(0, -1);

/** A token of the length and alphabet of the endpoint's. */
function tokenOf(page: number): string {
  return `${"Kx+/".repeat(24)}${String(page).padStart(8, "0")}`;
}

const server = createServer((request, response) => {
  const url = new URL(request.url as string, "http://127.0.0.1");
  const [, pages = 1, delay = 0] = (/pages-(\d+)-delay-(\d+)/.exec(url.pathname) ?? []).map(Number);
  const page = Number(url.searchParams.get("nextToken")?.slice(-8) ?? 0) + 1;
  const body = page < pages ? Buffer.concat([openPage, Buffer.from(`,"NextToken":"${tokenOf(page)}"}`)]) : lastPage;
  const send = () => {
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": body.length,
      "x-amzn-RequestId": "3f0c6a1e-0f2e-4c5a-9f77-5a4c8d0b9e21",
    });
    response.end(body);
  };
  if (delay > 0) sleep(delay).then(send);
  else send();
});
server.keepAliveTimeout = 60_000;

answer(
  () =>
    new Promise<string>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    }),
);
