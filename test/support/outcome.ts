/** The outcome of a listing for its caller, and the requests that its server saw. */
import type { LogEntry } from "../../src/index.ts";
import { clientOf, projectName, type TestOptions } from "./client.ts";
import { type Fault, faultyServer } from "./faulty-server.ts";

export interface Outcome {
  /** The URL of the server. */
  readonly url: string;
  /** The names of the jobs that arrived before the end. */
  readonly items: readonly (string | undefined)[];
  /** The thrown error. */
  readonly error: unknown;
  /** The requests that reached the server, or the connections where it reads no requests. */
  readonly requests: number;
  /** The logged pauses between attempts, in milliseconds. */
  readonly pauses: readonly number[];
  /** Milliseconds. */
  readonly took: number;
}

/** Lists a project from a server with the fault. */
export async function outcomeOf(fault: Fault, options: TestOptions): Promise<Outcome> {
  const server = await faultyServer(fault);
  const pauses: number[] = [];
  const warn = (entry: LogEntry) => entry.event === "retry" && pauses.push(entry.delay);
  const client = clientOf(server, { logger: { debug: () => {}, warn }, ...options });
  const items: (string | undefined)[] = [];
  const start = performance.now();
  let error: unknown;
  try {
    for await (const { JobName } of client.listModelPackagingJobs({ projectName })) items.push(JobName);
  } catch (thrown) {
    error = thrown;
  }
  const took = performance.now() - start;
  await client.close();
  await server.close();
  const requests = "accept" in fault ? server.connections : server.requests.length;
  return { url: server.url, items, error, requests, pauses, took };
}
