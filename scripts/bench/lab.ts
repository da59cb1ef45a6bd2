/** Where the parts of the benchmark work: the compiled project, a folder for databases, and how long to measure. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Build, build } from "./build.ts";
import { type Child, start } from "./child.ts";

/** How much to measure. */
export interface Scale {
  /** How many processes each peer has, one after another: what one of them costs is partly its luck. */
  readonly processes: number;
  /** How often each measurement is repeated in a process, peers taking turns. */
  readonly rounds: number;
  /** Pages in one round. */
  readonly pages: number;
  /** Pages before the first round, until the compiler has settled. */
  readonly warmUp: number;
  /** Pages of the listing with a slow server and a slow caller. */
  readonly slowPages: number;
  readonly coldRounds: number;
  /** Numbers of jobs, ascending by tens: to list, to import, to page through. */
  readonly listed: readonly number[];
  readonly imported: readonly number[];
  readonly stored: readonly number[];
  readonly connections: readonly number[];
  /** Seconds of load in one round, and how many rounds. */
  readonly loadSeconds: number;
  readonly loadRounds: number;
}

/** A few seconds, to see that everything works. */
export const SHORT: Scale = {
  processes: 1,
  rounds: 2,
  pages: 10,
  warmUp: 10,
  slowPages: 5,
  coldRounds: 1,
  listed: [1_000, 10_000],
  imported: [1_000, 10_000],
  stored: [1_000, 10_000],
  connections: [1, 5],
  loadSeconds: 0.1,
  loadRounds: 1,
};

export const NORMAL: Scale = {
  processes: 12,
  rounds: 5,
  pages: 200,
  warmUp: 2_000,
  slowPages: 60,
  coldRounds: 25,
  listed: [10_000, 100_000, 1_000_000],
  imported: [10_000, 100_000, 1_000_000],
  stored: [10_000, 1_000_000],
  connections: [1, 50, 500],
  loadSeconds: 1,
  loadRounds: 6,
};

export const FULL: Scale = {
  ...NORMAL,
  imported: [...NORMAL.imported, 10_000_000],
  stored: [10_000, 1_000_000, 10_000_000],
};

/** Everything that the parts of the benchmark share. */
export interface Lab {
  readonly build: Build;
  readonly scale: Scale;
  /** A folder for databases and inventories. */
  readonly folder: string;
  /** Starts a module of `scripts/bench/` in a process of its own, which ends with the lab. */
  start(module: string, args?: readonly string[], execArgv?: readonly string[]): Child;
  /** Runs such a module to its end and gives what it prints, read as JSON, and the ms that the process lived. */
  run<Output>(module: string, args: readonly string[]): Promise<{ output: Output; ms: number }>;
  close(): Promise<void>;
}

export async function openLab(scale: Scale): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), "packaging-jobs-bench-data-"));
  const compiled = await build();
  const children: Child[] = [];
  const fileOf = (module: string) => compiled.file(`scripts/bench/${module}.ts`);
  return {
    build: compiled,
    scale,
    folder,
    start(module, args, execArgv) {
      const child = start(fileOf(module), args, execArgv);
      children.push(child);
      return child;
    },
    run<Output>(module: string, args: readonly string[]) {
      const begin = performance.now();
      const child = spawn(process.execPath, [fileOf(module), ...args], { stdio: ["ignore", "pipe", "inherit"] });
      return new Promise<{ output: Output; ms: number }>((resolve, reject) => {
        let text = "";
        child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        child.on("error", reject);
        child.on("close", (code) => {
          if (code === 0) resolve({ output: JSON.parse(text) as Output, ms: performance.now() - begin });
          else reject(new Error(`${module} ended with ${code}`));
        });
      });
    },
    async close() {
      await Promise.all(children.map((child) => child.stop()));
      await compiled.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
