/** Figures of long listings: memory, and the cost of the command beside the client alone. */
import type { Child } from "./child.ts";
import type { Lab } from "./lab.ts";
import type { Target } from "./peers/peer.ts";
import type { Findings } from "./report.ts";
import { PAGE_SIZE, projectOf } from "./sizes.ts";
import { growth, quarters, ratio, summary } from "./statistics.ts";
import type { Memory, Task } from "./worker.ts";

export async function measureListings(lab: Lab, ours: Child, target: Target): Promise<Findings> {
  const { scale } = lab;
  const pages = scale.listed / PAGE_SIZE;
  const memory = await ours.ask<Memory[]>({ kind: "memory", pages } satisfies Task);
  const heap = memory.map((sample) => sample.heap);
  const rss = memory.map((sample) => sample.rss);
  const { loop, command } = await measureCommand(lab, pages, target);
  const rate = (times: readonly number[]) => times.map((ms) => (scale.listed / ms) * 1000);
  return {
    tables: [
      {
        title: `Client: memory while it lists ${pages} pages`,
        columns: ["quarter of the listing", "heap, collected (MB)", "resident (MB)"],
        rows: (["second", "last"] as const).map((name) => {
          const at = name === "second" ? 1 : 3;
          const inMB = (samples: readonly number[]) =>
            summary(
              quarters(samples)[at]!.map((bytes) => bytes / 1e6),
              "least",
            );
          return [name, inMB(heap), inMB(rss)];
        }),
      },
      {
        title: `${scale.listed} jobs listed by a process`,
        columns: ["way", "jobs/s"],
        rows: [
          ["`for await`", summary(rate(loop), "most")],
          ["list --output ndjson", summary(rate(command), "most")],
        ],
      },
    ],
    goals: [
      { figure: `heap over ${pages} pages, last quarter against the second`, value: growth(heap), most: 1.05 },
      {
        figure: `ndjson of ${scale.listed} jobs against \`for await\``,
        value: ratio(rate(command), rate(loop), "most"),
        least: 0.85,
      },
    ],
  };
}

/** Milliseconds of processes that list the same project. */
async function measureCommand(lab: Lab, pages: number, target: Target): Promise<{ loop: number[]; command: number[] }> {
  const { url, region, credentials } = target;
  const project = projectOf(pages);
  const env = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // A bundle of certificates makes the command send by a slower way than the loop.
    AWS_CA_BUNDLE: "",
  };
  const args = ["list", "--project-name", project, "--output", "ndjson", "--endpoint-url", url, "--region", region];
  const loop: number[] = [];
  const command: number[] = [];
  for (let round = 0; round < Math.min(lab.scale.rounds, 5); round++) {
    loop.push(await lab.time("scripts/bench/list-all.ts", [JSON.stringify(target), project]));
    command.push(await lab.time("src/cli/index.ts", args, env));
  }
  return { loop, command };
}
