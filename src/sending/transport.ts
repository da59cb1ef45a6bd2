/** Sends one signed request and reads its whole response, over node:http(s) or by `fetch`. */
import http from "node:http";
import https from "node:https";
import { messageOf } from "../errors.ts";
import type { OnStop } from "./deadline.ts";
import { decode } from "./decode.ts";
import { FetchFailure } from "./network-error.ts";
import type { Fetch, RequestParts } from "./options.ts";
import type { OutgoingRequest } from "./request.ts";
import { PlainResponse, type ResponseHead } from "./response.ts";

/** Sends requests and reads responses until it is closed. */
export interface Transport {
  /**
   * Sends a request. Rejects with the system's error when no complete response arrives, and soon after it is stopped.
   */
  send(request: OutgoingRequest, onStop: OnStop): Promise<PlainResponse>;
  /** Ends idle connections. */
  close(): void;
}

/** The most bytes of an error's body that are kept. */
const LARGEST_ERROR = 1 << 20;

/** A transport over node:http and node:https. It keeps connections alive between calls. */
export function nodeTransport(maxResponseBytes: number): Transport {
  const agents: Partial<Record<string, http.Agent>> = {};
  return {
    send: ({ url, method, headers, body: content }, onStop) =>
      new Promise((resolve, reject) => {
        // Looked up on the module at each call: tracers and mocks replace its functions.
        const module = url.protocol === "https:" ? https : http;
        agents[url.protocol] ??= new module.Agent({ keepAlive: true });
        const outgoing = module.request({
          agent: agents[url.protocol],
          hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
          port: url.port,
          path: url.pathname + url.search,
          method,
          // A fresh object, to which tracers add headers. Without a length Node would send these methods chunked.
          headers:
            content || !/^(POST|PUT|PATCH)$/.test(method) ? { ...headers } : { ...headers, "content-length": "0" },
        });
        onStop(() => outgoing.destroy());
        let incoming: http.IncomingMessage | undefined;
        // Ignored after a whole response: Node reports surplus bytes behind it as an error of the request.
        outgoing.on("error", (error) => incoming?.complete || reject(error));
        // Node emits "close" alone, without an error, for an upgrade that nobody asked for.
        outgoing.on(
          "close",
          () => incoming ?? reject(Object.assign(new Error("closed without a response"), { code: "ECONNRESET" })),
        );
        outgoing.on("response", (message) => {
          incoming = message;
          const { statusCode: status = 0, statusMessage, rawHeaders } = message;
          const encoding = message.headers["content-encoding"];
          // The reason phrase is null in mocks such as nock 13.
          const head = { status, statusText: statusMessage ?? "", rawHeaders, url: url.href };
          const body = collector(head, maxResponseBytes, encoding);
          const finish = () => void body.whole().then(resolve, reject);
          // Events are faster here than an iterator, which adds a dozen listeners and a promise for each chunk.
          message.on("data", (chunk: Buffer) => {
            if (body.add(chunk)) return;
            finish();
            message.destroy();
          });
          message.on("end", finish).on("error", reject);
        });
        outgoing.end(content);
      }),
    close: () => {
      // Not agent.destroy(): it would also end the calls under way.
      for (const agent of Object.values(agents))
        for (const sockets of Object.values(agent?.freeSockets ?? {}))
          for (const socket of sockets ?? []) socket.destroy();
    },
  };
}

/** Whether this is workerd: its node:http reports no failure to connect, and does not stop at an abort. */
export function isWorkerd(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}

/** A transport by `fetch`: the given one, or the runtime's. */
export function fetchTransport(ownFetch: Fetch | undefined, maxResponseBytes: number): Transport {
  return {
    async send({ url, method, headers, body }, onStop) {
      const controller = new AbortController();
      onStop((reason) => controller.abort(reason));
      // fetch sets these two headers itself, and some implementations refuse them from a caller.
      const { host: _, "content-length": __, ...rest } = headers;
      const { signal } = controller;
      const parts: RequestParts = { url: url.href, method, headers: rest, redirect: "manual", signal };
      if (body) parts.body = new Uint8Array(body).buffer;
      const request = standardRequest(parts);
      const response = await (ownFetch ? callFetch(() => ownFetch(request, parts)) : fetch(request));
      if (response.redirected) throw new Error("the fetch that was given followed a redirect, signature and all");
      const { status, statusText } = response;
      const rawHeaders: string[] = [];
      response.headers.forEach((value, name) => {
        rawHeaders.push(name, value);
      });
      const collected = collector({ status, statusText, rawHeaders, url: url.href }, maxResponseBytes);
      const stream = (response.body ?? []) as AsyncIterable<Uint8Array>;
      for await (const chunk of stream) if (!collected.add(chunk)) break;
      return collected.whole();
    },
    close: () => {},
  };
}

async function callFetch<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new FetchFailure(messageOf(cause), { cause });
  }
}

/**
 * Makes a `Request`, without its signal when that is of another realm, such as jsdom's: then an abort ends the call,
 * but not its connection.
 */
function standardRequest({ url, signal, ...init }: RequestParts): Request {
  try {
    return new Request(url, { ...init, signal });
  } catch {
    return new Request(url, init);
  }
}

/**
 * Collects the chunks of a body.
 * @param encoding The `content-encoding` of the chunks; undefined when decoded already.
 */
function collector(head: ResponseHead, maxResponseBytes: number, encoding?: string) {
  const isSuccess = head.status < 300;
  const largest = isSuccess ? maxResponseBytes : LARGEST_ERROR;
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    /** Adds a chunk. Returns false when the body is too large: the caller then ends the connection. */
    add(chunk: Uint8Array): boolean {
      chunks.push(chunk);
      size += chunk.length;
      return size <= largest;
    },
    async whole(): Promise<PlainResponse> {
      if (size > largest && isSuccess) throw new Error(`it is longer than ${largest} bytes (maxResponseBytes)`);
      const [first = new Uint8Array(), ...rest] = chunks;
      // A single chunk, as nearly every page is, is not copied: a copy takes as much time as a signature.
      const bytes =
        rest.length === 0 ? Buffer.from(first.buffer, first.byteOffset, first.length) : Buffer.concat(chunks);
      const kept = bytes.subarray(0, largest);
      if (encoding === undefined) return new PlainResponse(head, kept);
      // An error's body that was cut off cannot be decoded: it is dropped, and the status remains.
      const noBody = () => Buffer.alloc(0);
      const decoded = await decode(kept, encoding, largest).catch(isSuccess ? undefined : noBody);
      return Buffer.isBuffer(decoded)
        ? new PlainResponse(head, decoded)
        : new PlainResponse(head, kept, decoded.coding);
    },
  };
}
