/** The client's figures that grow, or should not, with the length of a listing and with the calls at once. */
import type { Child } from "./child.ts";
import type { Lab, Scale } from "./lab.ts";
import type { Findings } from "./report.ts";
import { PAGE_SIZE } from "./sizes.ts";
import { exponent, quarters, type Summary, summary } from "./statistics.ts";
import type { Cost, Memory, Task } from "./worker.ts";

/** How CPU and memory grow with the length of a listing. */
export async function measureListings({ scale }: Lab, ours: Child): Promise<Findings> {
  const most = scale.listed.at(-1)!;
  const costs = new Map<number, number[]>(scale.listed.map((jobs) => [jobs, []]));
  for (let round = 0; round < Math.min(scale.rounds, 3); round++)
    // The short ones as often as makes them as long as the long one, up to a second or so.
    for (const jobs of scale.listed)
      for (let repeat = 0; repeat < Math.min(10, most / jobs); repeat++) {
        const pages = jobs / PAGE_SIZE;
        const cost = await ours.ask<Cost>({ kind: "list", pages, pause: 0 } satisfies Task);
        costs.get(jobs)!.push(cost.cpu / 1000);
      }
  const parallel = await measureParallel(scale, ours);
  const medians = [...costs].map(([jobs, values]) => [jobs, summary(values).median] as const);
  const memory = await ours.ask<Memory[]>({ kind: "memory", pages: most / PAGE_SIZE } satisfies Task);
  const [, second, , last] = quarters(memory);
  const heap = (samples: readonly Memory[] = []) => summary(samples.map((sample) => sample.heap));
  const rss = (samples: readonly Memory[] = []) => summary(samples.map((sample) => sample.rss));
  const inMB = ({ median, low, high }: Summary): Summary => ({
    median: median / 1e6,
    low: low / 1e6,
    high: high / 1e6,
  });
  return {
    tables: [
      {
        title: "Client: CPU of listing a project by `for await`",
        columns: ["jobs", "CPU (ms)", "CPU per page (µs)"],
        rows: [...costs].map(([jobs, values]) => [
          String(jobs),
          summary(values),
          (summary(values).median * 1000 * PAGE_SIZE) / jobs,
        ]),
      },
      {
        title: "Client: CPU per page by the calls that are under way at once",
        columns: ["calls at once", "CPU per page (µs)"],
        rows: parallel.map(([calls, cpu]) => [String(calls), cpu]),
      },
      {
        title: `Client: memory while it lists ${most / PAGE_SIZE} pages`,
        columns: ["quarter of the listing", "heap, collected (MB)", "resident (MB)"],
        rows: [
          ["second", inMB(heap(second)), inMB(rss(second))],
          ["last", inMB(heap(last)), inMB(rss(last))],
        ],
      },
    ],
    goals: [
      { figure: "cost of listing N jobs: exponent", value: exponent(medians), most: 1.02 },
      {
        figure: "CPU per page by calls at once: exponent",
        value: exponent(parallel.map(([calls, cpu]) => [calls, cpu.median] as const)),
      },
      {
        figure: `heap over ${most / PAGE_SIZE} pages, last quarter against the second`,
        value: heap(last).median / heap(second).median,
        most: 1.05,
      },
      {
        figure: `resident memory over ${most / PAGE_SIZE} pages, last quarter against the second`,
        value: rss(last).median / rss(second).median,
        most: 1.05,
      },
    ],
  };
}

/** µs of CPU per page with so many calls at once. */
async function measureParallel(scale: Scale, ours: Child): Promise<(readonly [calls: number, cpu: Summary])[]> {
  const costs = new Map<number, number[]>([1, 10, 100, 1000].map((calls) => [calls, []]));
  const pages = 10 * scale.pages;
  for (let round = 0; round < Math.min(scale.rounds, 9); round++)
    for (const [calls, values] of costs) {
      const cost = await ours.ask<Cost>({ kind: "pages", pages, parallel: calls } satisfies Task);
      values.push(cost.cpu / pages);
    }
  return [...costs].map(([calls, values]) => [calls, summary(values)] as const);
}
