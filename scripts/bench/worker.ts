/** The process of one peer: fetches as many pages as it is told and says what that cost. */
import { setTimeout as sleep } from "node:timers/promises";
import { answer } from "./child.ts";
import type { Peer, Target } from "./peers/peer.ts";
import { projectOf } from "./sizes.ts";

/** What to do. */
export type Task =
  | { readonly kind: "pages"; readonly pages: number; readonly parallel: number }
  /** Lists a project of so many pages; server and caller each take so many milliseconds a page. */
  | { readonly kind: "list"; readonly pages: number; readonly pause: number }
  /** The memory in use, garbage collected first. Needs `--expose-gc`. */
  | { readonly kind: "memory" };

/** What it cost. */
export interface Cost {
  /** CPU of the whole process in µs, its garbage collection included. */
  readonly cpu: number;
  /** Time passed in ms. */
  readonly wall: number;
}

const [name, target] = process.argv.slice(2) as [string, string];
const { open } = (await import(`./peers/${name}.js`)) as { open(target: Target): Peer };
const peer = open(JSON.parse(target) as Target);

answer<Task>(async (task) => {
  const start = performance.now();
  const cpu = process.cpuUsage();
  if (task.kind === "pages") await fetchPages(task.pages, task.parallel);
  else if (task.kind === "list") await list(task.pages, task.pause);
  else return memory();
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: user + system, wall: performance.now() - start } satisfies Cost;
});

/** All but the first with a token, as pages of a listing have. */
async function fetchPages(pages: number, parallel: number): Promise<void> {
  const project = projectOf(2);
  const { token } = await peer.page(project);
  let left = pages - 1;
  const one = async () => {
    while (left-- > 0) await peer.page(project, token);
  };
  await Promise.all(Array.from({ length: parallel }, one));
}

async function list(pages: number, pause: number): Promise<void> {
  const count = await peer.list(projectOf(pages, pause), async () => {
    if (pause > 0) await sleep(pause);
  });
  if (count !== pages * 100) throw new Error(`${name} has listed ${count} jobs of ${pages} pages`);
}

function memory(): { heap: number; rss: number } {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}
