/** Sends one signed request and reads the whole response: over node:http(s), or through the caller's own `fetch`. */
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
  /** Rejects with the system's error when no complete response arrives, and soon when it is stopped. */
  send(request: OutgoingRequest, onStop: OnStop): Promise<PlainResponse>;
  /** Ends idle connections. */
  close(): void;
}

/** How many bytes of an error's body are kept. */
const LARGEST_ERROR = 1 << 20;

/** Over node:http and node:https, with connections kept alive between calls. */
export function nodeTransport(maxResponseBytes: number): Transport {
  const agents: Partial<Record<string, http.Agent>> = {};
  return {
    send: ({ url, method, headers, body: content }, onStop) =>
      new Promise((resolve, reject) => {
        // Looked up at each call, on the module's own object: tracers and mocks replace its functions.
        const module = url.protocol === "https:" ? https : http;
        agents[url.protocol] ??= new module.Agent({ keepAlive: true });
        const outgoing = module.request({
          agent: agents[url.protocol],
          hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
          port: url.port,
          path: url.pathname + url.search,
          method,
          // An object that tracers can add their headers to, and no list. Node sends such a method chunked without a length.
          headers:
            content || !/^(POST|PUT|PATCH)$/.test(method) ? { ...headers } : { ...headers, "content-length": "0" },
        });
        onStop(() => outgoing.destroy());
        let incoming: http.IncomingMessage | undefined;
        // Once there is a response, its own events count: bytes that follow a whole one are an error of the request too.
        outgoing.on("error", (error) => incoming?.complete || reject(error));
        // Node gives no error for a response that it does not take for one, such as an upgrade that nobody asked for.
        outgoing.on(
          "close",
          () => incoming ?? reject(Object.assign(new Error("closed without a response"), { code: "ECONNRESET" })),
        );
        outgoing.on("response", (message) => {
          incoming = message;
          const { statusCode: status = 0, statusMessage, rawHeaders } = message;
          const encoding = message.headers["content-encoding"];
          // Mocks such as nock 13 give null for a reason phrase that is not there.
          const head = { status, statusText: statusMessage ?? "", rawHeaders, url: url.href };
          const body = collector(head, maxResponseBytes, encoding);
          const finish = () => void body.whole().then(resolve, reject);
          // By events: an iterator of the stream costs a dozen listeners and a promise for each chunk.
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
      // Not destroy(), which would also cut off the calls that are under way.
      for (const agent of Object.values(agents))
        for (const sockets of Object.values(agent?.freeSockets ?? {}))
          for (const socket of sockets ?? []) socket.destroy();
    },
  };
}

/** Through the caller's own `fetch`, which gets a standard `Request` and must not follow redirects. */
export function fetchTransport(fetch: Fetch, maxResponseBytes: number): Transport {
  return {
    async send({ url, method, headers, body }, onStop) {
      const controller = new AbortController();
      onStop((reason) => controller.abort(reason));
      // fetch sets these two itself, and some implementations refuse to be told.
      const { host: _, "content-length": __, ...rest } = headers;
      const { signal } = controller;
      const parts: RequestParts = { url: url.href, method, headers: rest, redirect: "manual", signal };
      if (body) parts.body = new Uint8Array(body).buffer;
      const response = await callFetch(() => fetch(standardRequest(parts), parts));
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

/** A `Request` takes no signal of another realm, such as jsdom's: the call ends all the same, its connection later. */
function standardRequest({ url, signal, ...init }: RequestParts): Request {
  try {
    return new Request(url, { ...init, signal });
  } catch {
    return new Request(url, init);
  }
}

/** Collects a body as it arrives. @param encoding Its content coding, if it is still in one. */
function collector(head: ResponseHead, maxResponseBytes: number, encoding?: string) {
  const isSuccess = head.status < 300;
  const largest = isSuccess ? maxResponseBytes : LARGEST_ERROR;
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    /** False when no more is kept: the caller ends the connection then, and does not wait for an endless error page. */
    add(chunk: Uint8Array): boolean {
      chunks.push(chunk);
      size += chunk.length;
      return size <= largest;
    },
    async whole(): Promise<PlainResponse> {
      if (size > largest && isSuccess) throw new Error(`it is longer than ${largest} bytes (maxResponseBytes)`);
      const [first = new Uint8Array(), ...rest] = chunks;
      // A page comes in one piece nearly always, and to copy it costs as much as to sign the next request.
      const bytes =
        rest.length === 0 ? Buffer.from(first.buffer, first.byteOffset, first.length) : Buffer.concat(chunks);
      const kept = bytes.subarray(0, largest);
      if (encoding === undefined) return new PlainResponse(head, kept);
      // A long error page was cut off, and cannot be decoded: its status is what counts.
      const noBody = () => Buffer.alloc(0);
      const decoded = await decode(kept, encoding, largest).catch(isSuccess ? undefined : noBody);
      return Buffer.isBuffer(decoded)
        ? new PlainResponse(head, decoded)
        : new PlainResponse(head, kept, decoded.coding);
    },
  };
}
