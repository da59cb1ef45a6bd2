/** The endpoint's figures under load, beside a bare server that sends the same bytes. */
import { join } from "node:path";
import { createClient } from "../../src/index.ts";
import { sign } from "../../src/signing/signer.ts";
import type { Child } from "./child.ts";
import type { Lab } from "./lab.ts";
import type { Load, LoadRequest, LoadResult } from "./load.ts";
import { pathOf } from "./peers/peer.ts";
import type { Findings, Goal } from "./report.ts";
import { ratio, summary } from "./statistics.ts";

const PROJECT = "circuit-boards";
const REGION = "us-east-1";
const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

/** More pages than the endpoint keeps: asked for in turn, none is still kept. */
const JOBS = 100_000;

/** A server under load: the rounds' results, and the CPU of each response in µs. */
interface Series {
  readonly title: string;
  readonly server: Child;
  readonly url: string;
  readonly requests: () => readonly LoadRequest[];
  readonly results: LoadResult[];
  readonly cpu: number[];
}

export async function measureEndpoint(lab: Lab): Promise<Findings> {
  const { scale, folder, start } = lab;
  const jobs = Math.min(JOBS, scale.stored.at(-1)!);
  const store = join(folder, "endpoint.db");
  const file = join(folder, "endpoint.ndjson");
  const worker = start("store-worker");
  await worker.ask({ kind: "inventory", file, jobs });
  await worker.ask({ kind: "import", file, store });

  const endpoint = start("endpoint-server");
  const url = await endpoint.ask<string>({ store, credentials: CREDENTIALS });
  const tokens = await tokensOf(url);
  const first = await fetch(url + pathOf(PROJECT, undefined), { headers: signed(url, undefined).headers });
  const bare = start("bare-server");
  const bareUrl = await bare.ask<string>({ body: await first.text() });
  const cannon = start("load");

  const { connections } = scale;
  const one = () => [signed(url, undefined)];
  const all = () => tokens.map((token) => signed(url, token));
  const series: Series[] = [
    { title: "bare node:http", server: bare, url: bareUrl, requests: one, results: [], cpu: [] },
    { title: "endpoint, a page asked for again", server: endpoint, url, requests: one, results: [], cpu: [] },
    { title: "endpoint, every page another", server: endpoint, url, requests: all, results: [], cpu: [] },
  ];
  for (let round = 0; round < scale.loadRounds; round++)
    for (const one of series) await runLoad(one, cannon, connections, scale.loadSeconds);
  const rate = ({ results }: Series) => results.map(({ answers, seconds }) => answers / seconds);
  const [floor, again, another] = series as [Series, Series, Series];
  const rows = series.map((one) => [
    one.title,
    summary(rate(one), "most"),
    ratio(rate(one), rate(floor), "most"),
    summary(
      one.results.map((result) => result.p50),
      "least",
    ),
    summary(
      one.results.map((result) => result.p99),
      "least",
    ),
    summary(one.cpu, "least"),
    one.results.reduce((sum, result) => sum + result.errors, 0),
  ]);
  const at = `at ${connections} connections, signatures checked, against the bare server`;
  const goals: Goal[] = [
    {
      figure: `endpoint ${at}: a page asked for again`,
      value: ratio(rate(again), rate(floor), "most"),
      least: 0.78,
    },
    {
      figure: `endpoint ${at}: every page another`,
      value: ratio(rate(another), rate(floor), "most"),
      least: 0.22,
    },
  ];
  return {
    tables: [
      {
        title: `Endpoint at ${connections} connections: pages of 30 kB, signatures checked`,
        columns: ["server", "requests/s", "against the bare", "p50 (ms)", "p99 (ms)", "CPU (µs/request)", "errors"],
        rows,
      },
    ],
    goals,
  };
}

async function runLoad(series: Series, cannon: Child, connections: number, seconds: number): Promise<void> {
  const { server, url, requests, results, cpu } = series;
  const load: Load = { url, requests: requests(), connections, seconds };
  const before = await server.ask<number>({});
  const result = await cannon.ask<LoadResult>(load);
  cpu.push(((await server.ask<number>({})) - before) / result.answers);
  results.push(result);
}

/** The tokens of all pages; the first has none. */
async function tokensOf(url: string): Promise<(string | undefined)[]> {
  const client = createClient({ endpoint: url, region: REGION, credentials: CREDENTIALS });
  const tokens: (string | undefined)[] = [undefined];
  for await (const page of client.listModelPackagingJobs({ projectName: PROJECT }).pages())
    if (page.NextToken !== undefined) tokens.push(page.NextToken);
  await client.close();
  return tokens;
}

/** A request signed now: it is good for fifteen minutes. */
function signed(url: string, token: string | undefined): LoadRequest {
  const target = pathOf(PROJECT, token);
  const [path = "", query = ""] = target.split("?");
  const { host } = new URL(url);
  const scope = { service: "lookoutvision", region: REGION };
  const headers = sign({ method: "GET", path, query, headers: { host } }, scope, CREDENTIALS, Date.now());
  return { path: target, headers };
}
