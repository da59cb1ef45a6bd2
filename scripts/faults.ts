/**
 * `npm run faults`: the outcome of every fault in `test/support/fault-modes.ts`, and of every error that the document
 * names, for a caller of this client and of AWS's last one.
 */
import { LookoutVisionClient, paginateListModelPackagingJobs } from "@aws-sdk/client-lookoutvision";
import { statuses } from "../generated/routes.ts";
import { credentials, projectName } from "../test/support/client.ts";
import { modes } from "../test/support/fault-modes.ts";
import { type Fault, faultyServer, sendResponse } from "../test/support/faulty-server.ts";
import { outcomeOf } from "../test/support/outcome.ts";

/** Milliseconds after which a waiting client is stopped. */
const PATIENCE = 8_000;
/** Pages after which a listing is stopped. */
const MOST_PAGES = 20;
/** How many faults are tried at once. */
const AT_ONCE = 6;

interface Seen {
  readonly sees: string;
  readonly requests: number;
  readonly took: number;
}

/** Credentials by a provider: both clients can ask it for new ones. */
const provider = async () => ({ ...credentials });

async function ours(fault: Fault): Promise<Seen> {
  const { items, error, requests, took } = await outcomeOf(fault, { credentials: provider, attemptTimeout: 1_000 });
  return { sees: sight(items.length, error), requests, took };
}

async function theirs(fault: Fault): Promise<Seen> {
  const server = await faultyServer(fault);
  const client = new LookoutVisionClient({ region: "us-east-1", endpoint: server.url, credentials: provider });
  const stop = new AbortController();
  const late = new Promise<string>((resolve) => {
    stop.signal.addEventListener("abort", () => resolve(`still waits (stopped after ${PATIENCE / 1000} s)`));
  });
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const start = performance.now();
  const sees = await Promise.race([late, listing(client, stop.signal)]);
  const took = performance.now() - start;
  clearTimeout(timer);
  stop.abort();
  client.destroy();
  await server.close();
  return { sees, requests: "accept" in fault ? server.connections : server.requests.length, took };
}

/** Lists with AWS's paginator. */
async function listing(client: LookoutVisionClient, signal: AbortSignal): Promise<string> {
  let items = 0;
  let pages = 0;
  try {
    for await (const page of paginateListModelPackagingJobs(
      { client },
      { ProjectName: projectName },
      { abortSignal: signal },
    )) {
      for (const job of page.ModelPackagingJobs ?? []) items += job ? 1 : 0;
      if (++pages >= MOST_PAGES) return `still lists (stopped after ${MOST_PAGES} pages)`;
    }
  } catch (error) {
    return sight(items, error);
  }
  return sight(items, undefined);
}

function sight(items: number, error: unknown): string {
  const jobs = items > 0 || error === undefined ? `${items} ${items === 1 ? "job" : "jobs"}` : "";
  if (error === undefined) return jobs;
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const code = typeof error === "object" && error !== null && "code" in error ? ` ${error.code}` : "";
  const said = message.replace(/https?:\/\/127\.0\.0\.1:\d+/g, "HOST").replace(/\s+/g, " ");
  return `${jobs && `${jobs}, then `}${name}${code}: ${said.length > 44 ? `${said.slice(0, 43)}…` : said}`;
}

const errors = Object.entries(statuses).map(([name, [status]]): [string, Fault] => [
  name,
  {
    respond: ({ response }) =>
      sendResponse(response, { status, headers: { "x-amzn-errortype": name }, body: { message: "what happened" } }),
  },
]);

const faults = [...Object.entries<Fault>(modes), ...errors];
const rows: string[][] = new Array(faults.length);
const queue = faults.entries();
const number = (value: number) => String(Math.round(value)).padStart(5);
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const [at, [name, fault]] of queue) {
      const [us, them] = await Promise.all([ours(fault), theirs(fault)]);
      rows[at] = [
        name,
        us.sees,
        number(us.requests),
        number(us.took),
        them.sees,
        number(them.requests),
        number(them.took),
      ];
    }
  }),
);

rows.unshift(["fault", "this client sees", " sent", "   ms", "AWS's SDK 3.918.0 sees", " sent", "   ms"]);
const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
