/** Puts a server under load with autocannon. */
import { createRequire } from "node:module";
import { answer } from "./child.ts";

/** A request, signed already. */
export interface LoadRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The load: its requests, its target and its seconds. */
export interface Load {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly seconds: number;
}

/** The outcome of a load. */
export interface LoadResult {
  readonly answers: number;
  readonly seconds: number;
  /** Milliseconds from request to response. */
  readonly p50: number;
  readonly p99: number;
  /** Connections that broke, and requests that took ten seconds. */
  readonly errors: number;
}

interface Cannon extends Promise<{ duration: number; non2xx: number; errors: number }> {
  on(event: "response", listener: (client: unknown, status: number, bytes: number, ms: number) => void): void;
}

/** Prepared requests of all connections together. */
const READY = 4000;

// autocannon has no types of its own.
const autocannon = createRequire(import.meta.url)("autocannon") as (options: object) => Cannon;

answer(async ({ url, requests, connections, seconds }: Load): Promise<LoadResult> => {
  const times: number[] = [];
  let clients = 0;
  const cannon = autocannon({
    url,
    connections,
    duration: seconds,
    requests: requests.slice(0, 1),
    // Each connection gets a share of the requests: no two ask for the same page at once, and autocannon takes longer to
    // prepare all of them than to send them.
    setupClient: (client: { setRequests(requests: readonly LoadRequest[]): void }) => {
      const at = Math.floor((clients++ * requests.length) / connections) % requests.length;
      client.setRequests([...requests.slice(at), ...requests.slice(0, at)].slice(0, Math.ceil(READY / connections)));
    },
  });
  // autocannon's own percentiles are in whole milliseconds.
  cannon.on("response", (_client, _status, _bytes, ms) => times.push(ms));
  const { duration, non2xx, errors } = await cannon;
  if (non2xx > 0) throw new Error(`${url} gave ${non2xx} answers other than 200`);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  return { answers: times.length, seconds: duration, p50: at(0.5), p99: at(0.99), errors };
});
