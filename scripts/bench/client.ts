/** The client's figures: the cost of a page, beside the peers. */
import { gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { root } from "../tools.ts";
import type { Child } from "./child.ts";
import type { Lab } from "./lab.ts";
import { measureListings } from "./listing.ts";
import type { Target } from "./peers/peer.ts";
import { listers, type Name, names, PEERS, type PerPeer, perPeer } from "./peers.ts";
import type { Findings, Goal, Table } from "./report.ts";
import { PAGE_SIZE, projectOf } from "./sizes.ts";
import { ratio, summary } from "./statistics.ts";
import type { Cost, Task } from "./worker.ts";

/** Milliseconds that the slow server and the slow caller each take for a page. */
const PAUSE = 5;

/** A measurement, round by round. */
interface Series {
  /** µs for a page. */
  readonly cpu: number[];
  /** Pages a second. */
  readonly rate: number[];
}

export async function measureClient(lab: Lab): Promise<Findings> {
  const url = await lab.start("page-server").ask<string>({});
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
  const target: Target = { url, region: "us-east-1", credentials };
  const single = perPeer((): Series => ({ cpu: [], rate: [] }));
  const parallel = perPeer((): Series => ({ cpu: [], rate: [] }));
  let peers = await startPeers(lab, target);
  for (let process = 1; ; process++) {
    await measurePages(lab, peers, 1, single);
    await measurePages(lab, peers, 50, parallel);
    if (process >= lab.scale.processes) break;
    await Promise.all(names.map((name) => peers[name].stop()));
    peers = await startPeers(lab, target);
  }
  const slow = await measureSlow(lab, peers);
  const cold = await measureCold(lab, target);
  const sizes = await measureSizes(lab);
  const listings = await measureListings(lab, peers.ours, target);

  const table: Table = {
    title: `Client: a page of ${PAGE_SIZE} jobs, 30 kB of JSON, over loopback`,
    columns: [
      "peer",
      "CPU, one after another (µs)",
      "pages/s",
      "CPU, 50 at once (µs)",
      "pages/s at 50",
      `listing, ${PAUSE} + ${PAUSE} ms a page (ms/page)`,
      "first page of a cold process (ms)",
      "bundled (kB)",
      "gzip (kB)",
    ],
    rows: names.map((name) => [
      PEERS[name].title,
      summary(single[name].cpu, "least"),
      summary(single[name].rate, "most"),
      summary(parallel[name].cpu, "least"),
      summary(parallel[name].rate, "most"),
      slow[name].length > 0 ? summary(slow[name], "least") : "–",
      summary(cold[name], "least"),
      sizes[name].bytes / 1000,
      sizes[name].gzip / 1000,
    ]),
  };
  const goals: Goal[] = [
    {
      figure: "CPU per page against the floor, one after another",
      value: ratio(single.ours.cpu, single.floor.cpu, "least"),
      most: 1.2,
    },
    {
      figure: "CPU per page against the floor, 50 at once",
      value: ratio(parallel.ours.cpu, parallel.floor.cpu, "least"),
      most: 1.25,
    },
    {
      figure: "pages per second against the floor, one after another",
      value: ratio(single.ours.rate, single.floor.rate, "most"),
      least: 0.8,
    },
    {
      figure: "pages per second against the SDK, 50 at once",
      value: ratio(parallel.ours.rate, parallel["aws-sdk"].rate, "most"),
      least: 1.9,
    },
    {
      figure: "a whole listing, slow server and slow caller, times as fast as the SDK's paginator",
      value: ratio(slow["aws-sdk"], slow.ours, "least"),
      least: 1.7,
    },
    {
      figure: "first page of a cold process against the SDK",
      value: ratio(cold.ours, cold["aws-sdk"], "least"),
      most: 0.5,
    },
    { figure: "client bundled, gzip (kB)", value: sizes.ours.gzip / 1000 },
    ...listings.goals,
  ];
  return { tables: [table, ...listings.tables], goals };
}

async function startPeers(lab: Lab, target: Target): Promise<PerPeer<Child>> {
  const peers = perPeer((name) => lab.start("worker", [name, JSON.stringify(target)], ["--expose-gc"]));
  for (const name of names)
    for (const parallel of [1, 50])
      await peers[name].ask<Cost>({ kind: "pages", pages: lab.scale.warmUp, parallel } satisfies Task);
  return peers;
}

async function measurePages(
  { scale }: Lab,
  peers: PerPeer<Child>,
  parallel: number,
  series: PerPeer<Series>,
): Promise<void> {
  for (let round = 0; round < scale.rounds; round++)
    for (const name of inTurn(names, round)) {
      const cost = await peers[name].ask<Cost>({ kind: "pages", pages: scale.pages, parallel } satisfies Task);
      series[name].cpu.push(cost.cpu / scale.pages);
      series[name].rate.push((scale.pages / cost.wall) * 1000);
    }
}

/** Milliseconds per page of a listing whose server and caller are slow. */
async function measureSlow({ scale }: Lab, peers: PerPeer<Child>): Promise<PerPeer<number[]>> {
  const times = perPeer((): number[] => []);
  const pages = scale.slowPages;
  for (let round = 0; round < Math.min(scale.rounds, 9); round++)
    for (const name of inTurn(listers, round)) {
      const cost = await peers[name].ask<Cost>({ kind: "list", pages, pause: PAUSE } satisfies Task);
      times[name].push(cost.wall / pages);
    }
  return times;
}

async function measureCold(lab: Lab, target: Target): Promise<PerPeer<number[]>> {
  const times = perPeer((): number[] => []);
  for (let round = 0; round < lab.scale.coldRounds; round++)
    for (const name of inTurn(names, round)) {
      const output = await lab.run<number>("cold", [name, JSON.stringify(target), projectOf(1)]);
      times[name].push(output);
    }
  return times;
}

async function measureSizes({ build }: Lab): Promise<PerPeer<{ bytes: number; gzip: number }>> {
  const sizes: Partial<Record<Name, { bytes: number; gzip: number }>> = {};
  for (const name of names) {
    const { outputFiles } = await bundle({
      // Redocly's client is in the folder of the build.
      stdin: { contents: PEERS[name].imports, resolveDir: name === "redocly" ? build.file(".") : root },
      bundle: true,
      minify: true,
      write: false,
      platform: "node",
      format: "esm",
      target: "node20",
    });
    const { contents } = outputFiles[0]!;
    sizes[name] = { bytes: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
  }
  return sizes as PerPeer<{ bytes: number; gzip: number }>;
}

/** The same list, turned by one in each round: no peer always follows the same other. */
function inTurn<Value>(values: readonly Value[], round: number): Value[] {
  const at = round % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}
