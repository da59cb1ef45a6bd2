/** Sends one signed request and reads its whole answer: over node:http(s), or through a `fetch` of the user's own. */
import {
  type Agent,
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { BufferedResponse } from "./response.ts";

/** A request as it goes on the wire. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  /** With lower-case names. */
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

/** Sends requests and reads answers until it is closed. */
export interface Transport {
  /** Rejects with the system's error when no whole answer arrives, and at once when the signal aborts. */
  send(request: SignedRequest, signal: AbortSignal): Promise<BufferedResponse>;
  /** Ends idle connections. */
  close(): void;
}

/** How much of an error's body is kept. */
const LARGEST_ERROR = 1024 * 1024;

/** An answer that broke off before its end. */
export class TruncatedError extends Error {
  readonly code = "ECONNRESET";
}

/** Over node:http and node:https, with connections kept alive between calls. */
export function nodeTransport(): Transport {
  // Agents are made on first use: a client of one scheme never loads the other's.
  const agents: Partial<Record<string, Agent>> = {};
  const agentFor = (protocol: string): Agent => {
    agents[protocol] ??=
      protocol === "https:" ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
    return agents[protocol];
  };
  return {
    send: (request, signal) =>
      new Promise((resolve, reject) => {
        const { url, method, headers, body } = request;
        const open = url.protocol === "https:" ? httpsRequest : httpRequest;
        const outgoing: ClientRequest = open({
          agent: agentFor(url.protocol),
          hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
          port: url.port,
          path: url.pathname + url.search,
          method,
          headers,
        });
        const abort = () => outgoing.destroy(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
        signal.addEventListener("abort", abort, { once: true });
        const settled = () => signal.removeEventListener("abort", abort);
        const fail = (error: Error) => {
          settled();
          reject(error);
        };
        outgoing.on("error", fail);
        outgoing.on("response", (incoming) => {
          readWhole(incoming).then((bytes) => {
            settled();
            resolve(
              new BufferedResponse({
                status: incoming.statusCode as number,
                statusText: incoming.statusMessage ?? "",
                rawHeaders: incoming.rawHeaders,
                url: url.href,
                bytes,
              }),
            );
          }, fail);
        });
        outgoing.end(body);
      }),
    close: () => {
      for (const agent of Object.values(agents)) agent?.destroy();
    },
  };
}

function readWhole(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const isError = (incoming.statusCode as number) >= 300;
    incoming.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (!isError || size < LARGEST_ERROR) return;
      resolve(Buffer.concat(chunks).subarray(0, LARGEST_ERROR));
      incoming.destroy();
    });
    incoming.on("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    incoming.on("error", reject);
    // A destroyed stream may close without an error or an end.
    incoming.on("close", () => reject(new TruncatedError("the connection closed before the whole answer had arrived")));
  });
}

/** Through a `fetch` of the user's own, which gets a standard `Request` and must not follow redirects. */
export function fetchTransport(fetch: (request: Request) => Promise<Response>): Transport {
  return {
    async send({ url, method, headers, body }, signal) {
      // fetch sets these two itself, and some implementations refuse to be told.
      const { host: _, "content-length": __, ...rest } = headers;
      const init = { method, headers: rest, redirect: "manual", signal } as const;
      const response = await fetch(new Request(url, body ? { ...init, body: new Uint8Array(body) } : init));
      const bytes = Buffer.from(await response.arrayBuffer());
      const { status, statusText } = response;
      const kept = status >= 300 ? bytes.subarray(0, LARGEST_ERROR) : bytes;
      return new BufferedResponse({
        status,
        statusText,
        rawHeaders: [...response.headers].flat(),
        url: url.href,
        bytes: kept,
      });
    },
    close: () => {},
  };
}
