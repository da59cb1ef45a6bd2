/** The shared parts of the benchmark: the compiled project, a folder for databases, and how long to measure. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { type Build, build } from "./build.ts";
import { type Child, start } from "./child.ts";

/** How much to measure. */
export interface Scale {
  /** Processes of each peer, one after another: the same code is faster in some processes than in others. */
  readonly processes: number;
  /** Repetitions of each measurement in a process. Peers take turns. */
  readonly rounds: number;
  /** Pages in one round. */
  readonly pages: number;
  /** Pages before the first round, until the compiler has settled. */
  readonly warmUp: number;
  /** Pages of the listing with a slow server and a slow caller. */
  readonly slowPages: number;
  readonly coldRounds: number;
  /** Numbers of jobs to list, to import and to page through; the last two in ascending order. */
  readonly listed: number;
  readonly imported: readonly number[];
  readonly stored: readonly number[];
  readonly connections: number;
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
  listed: 10_000,
  imported: [1_000, 10_000],
  stored: [1_000, 10_000],
  connections: 5,
  loadSeconds: 0.1,
  loadRounds: 1,
};

export const NORMAL: Scale = {
  processes: 6,
  rounds: 5,
  pages: 200,
  warmUp: 2_000,
  slowPages: 60,
  coldRounds: 25,
  listed: 1_000_000,
  imported: [10_000, 100_000, 1_000_000],
  stored: [10_000, 1_000_000],
  connections: 50,
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
  /** Runs such a module to its end and gives its output, read as JSON. */
  run<Output>(module: string, args: readonly string[]): Promise<Output>;
  /** The milliseconds that a source file's process takes, its output thrown away. */
  time(source: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<number>;
  close(): Promise<void>;
}

export async function openLab(scale: Scale): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), "packaging-jobs-bench-data-"));
  const compiled = await build();
  // Opened for writing only: stdio's "ignore" opens it for reading too, which the command takes for a closed output.
  const nowhere = await open(devNull, "w");
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
      const child = spawn(process.execPath, [fileOf(module), ...args], { stdio: ["ignore", "pipe", "inherit"] });
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      return endOf(child, module).then(() => JSON.parse(text) as Output);
    },
    async time(source, args, env = {}) {
      const begin = performance.now();
      const child = spawn(process.execPath, [compiled.file(source), ...args], {
        env: { ...process.env, ...env },
        stdio: ["ignore", nowhere.fd, "inherit"],
      });
      await endOf(child, source);
      return performance.now() - begin;
    },
    async close() {
      await Promise.all(children.map((child) => child.stop()));
      await nowhere.close();
      await compiled.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function endOf(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`${name} ended with ${code}`))));
  });
}
