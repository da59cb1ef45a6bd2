/** A bare node:http server that sends one response to every request: the endpoint is measured against it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, cpuOf } from "./child.ts";

let body = Buffer.alloc(0);
const server = createServer((_, response) => {
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": body.length,
    "x-amzn-RequestId": "3f0c6a1e-0f2e-4c5a-9f77-5a4c8d0b9e21",
  });
  response.end(body);
});
server.keepAliveTimeout = 60_000;

/** Takes the body to send, and gives the URL. Without a body it gives the CPU of this process so far, in µs. */
answer(({ body: text }: { body?: string }) => {
  if (text === undefined) return cpuOf();
  body = Buffer.from(text);
  return new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
});
