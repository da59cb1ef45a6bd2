/** A real HTTP server on loopback. It sends a test's responses, and keeps the requests. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { opened } from "./open-servers.ts";

export interface SeenRequest {
  readonly method: string;
  /** As on the wire, percent-encoding included. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface StubResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON when it is neither a string nor bytes. */
  readonly body?: unknown;
}

export interface StubServer {
  readonly url: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

/** @param respond Called with the request and the number of requests before it. */
export async function stubServer(
  respond: (request: SeenRequest, index: number) => StubResponse | Promise<StubResponse>,
): Promise<StubServer> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
    const { status = 200, headers: more, body = "" } = await respond(request, requests.push(request) - 1);
    outgoing.writeHead(status, { "content-type": "application/json", ...more });
    outgoing.end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return opened({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
