/** The process of one peer: it fetches a given number of pages and tells their cost. */
import { setTimeout as sleep } from "node:timers/promises";
import { answer } from "./child.ts";
import type { Peer, Target } from "./peers/peer.ts";
import { PAGE_SIZE, projectOf } from "./sizes.ts";

/** The task of a worker. */
export type Task =
  | { readonly kind: "pages"; readonly pages: number; readonly parallel: number }
  /** Lists a project of `pages` pages; server and caller each take some milliseconds a page. */
  | { readonly kind: "list"; readonly pages: number; readonly pause: number }
  /** Lists a project of `pages` pages and samples its memory. Needs `--expose-gc`. */
  | { readonly kind: "memory"; readonly pages: number };

/** The cost of a task. */
export interface Cost {
  /** CPU of the whole process in µs, its garbage collection included. */
  readonly cpu: number;
  /** Time passed in ms. */
  readonly wall: number;
}

/** Memory in use right after a garbage collection, in bytes. */
export interface Memory {
  readonly heap: number;
  readonly rss: number;
}

const [name, target] = process.argv.slice(2) as [string, string];
const { open } = (await import(`./peers/${name}.js`)) as { open(target: Target): Peer };
const peer = open(JSON.parse(target) as Target);

answer<Task>((task) => {
  if (task.kind === "pages") return costOf(() => fetchPages(task.pages, task.parallel));
  if (task.kind === "list") return costOf(() => list(task.pages, task.pause));
  return watchMemory(task.pages);
});

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: user + system, wall: performance.now() - begin };
}

/** Fetches pages as a listing does: all but the first with a token. */
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
  await listAll(pages, pause, async () => {
    if (pause > 0) await sleep(pause);
  });
}

async function watchMemory(pages: number): Promise<Memory[]> {
  const samples: Memory[] = [];
  const every = Math.max(1, Math.floor(pages / 200));
  let seen = 0;
  await listAll(pages, 0, async () => {
    if (++seen % every > 0) return;
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    samples.push({ heap: heapUsed + external, rss });
  });
  return samples;
}

async function listAll(pages: number, delay: number, onPage: () => Promise<void>): Promise<void> {
  const count = await peer.list(projectOf(pages, delay), onPage);
  if (count !== pages * PAGE_SIZE) throw new Error(`${name} has listed ${count} jobs of ${pages} pages`);
}
