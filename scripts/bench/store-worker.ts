/** The process that works on stores: imports inventories, inserts rows as fast as the engine can, reads pages. */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { handlers } from "../../src/endpoint/handlers/index.ts";
import { importInventory, openStore } from "../../src/endpoint/index.ts";
import { sqliteEngine } from "../../src/endpoint/stores/sqlite-engine.ts";
import { answer } from "./child.ts";
import { job } from "./jobs.ts";
import { PAGE_SIZE } from "./sizes.ts";

/** The task of a worker. */
export type StoreTask =
  /** Writes an inventory of made-up jobs, one a line. */
  | { readonly kind: "inventory"; readonly file: string; readonly jobs: number }
  | { readonly kind: "import"; readonly file: string; readonly store: string }
  /** Only inserts the same jobs, row by row in one transaction. */
  | { readonly kind: "insert"; readonly jobs: number; readonly store: string }
  /** Reads the pages at the start, the middle and the end of a store of so many jobs, in turn. */
  | { readonly kind: "pages"; readonly jobs: number; readonly store: string; readonly rounds: number };

/** The cost of an import. */
export interface ImportCost {
  /** Milliseconds. */
  readonly wall: number;
  /** Samples of the resident memory, in bytes. */
  readonly rss: readonly number[];
}

/** Microseconds for a page at each depth. */
export interface PageCosts {
  readonly start: readonly number[];
  readonly half: readonly number[];
  readonly end: readonly number[];
}

const PROJECT = "circuit-boards";
/** Rows made at a time. Making them is not measured. */
const BATCH = 10_000;

answer<StoreTask>((task) => {
  if (task.kind === "inventory") return writeInventory(task.file, task.jobs);
  if (task.kind === "import") return runImport(task.file, task.store);
  if (task.kind === "insert") return insertRows(task.jobs, task.store);
  return readPages(task.jobs, task.store, task.rounds);
});

async function writeInventory(file: string, jobs: number): Promise<void> {
  function* lines() {
    for (let at = 0; at < jobs; at += 1000) {
      const count = Math.min(1000, jobs - at);
      yield Array.from({ length: count }, (_, index) => `${JSON.stringify(job(PROJECT, at + index))}\n`).join("");
    }
  }
  await pipeline(lines, createWriteStream(file));
}

async function runImport(file: string, target: string): Promise<ImportCost> {
  const store = await openStore(target);
  const rss: number[] = [];
  const begin = performance.now();
  await importInventory(store, [file], { onProgress: () => rss.push(process.memoryUsage.rss()) });
  const wall = performance.now() - begin;
  await store.close();
  return { wall, rss };
}

async function insertRows(jobs: number, target: string): Promise<number> {
  const open = await sqliteEngine();
  const database = open(target);
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;
     CREATE TABLE record (collection INTEGER NOT NULL, rank INTEGER NOT NULL, name TEXT NOT NULL, updated INTEGER, body TEXT NOT NULL);
     CREATE UNIQUE INDEX record_order ON record (collection, rank, name);`,
  );
  const insert = database.prepare("INSERT INTO record (collection, rank, name, updated, body) VALUES (?, ?, ?, ?, ?)");
  let wall = 0;
  const timed = (work: () => void) => {
    const begin = performance.now();
    work();
    wall += performance.now() - begin;
  };
  timed(() => database.exec("BEGIN IMMEDIATE"));
  for (let at = 0; at < jobs; at += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, jobs - at) }, (_, index) => {
      const made = job(PROJECT, at + index);
      const [created, updated] = [made.CreationTimestamp, made.LastUpdatedTimestamp].map((time) => time * 1e6) as [
        number,
        number,
      ];
      return [1, -Math.floor(created), made.JobName, Math.floor(updated), JSON.stringify(made)] as const;
    });
    timed(() => {
      for (const row of rows) insert.run(...row);
    });
  }
  timed(() => database.exec("COMMIT"));
  database.close();
  return wall;
}

/** All work for a page except HTTP and the signature: token, query, response. */
async function readPages(jobs: number, target: string, rounds: number): Promise<PageCosts> {
  const [handler] = handlers;
  const store = await openStore(target);
  const page = (nextToken: string | undefined) =>
    handler!.respond({ projectName: PROJECT, ...(nextToken !== undefined && { nextToken }) }, store);
  const pages = jobs / PAGE_SIZE;
  const tokens = new Map<number, string | undefined>();
  let token: string | undefined;
  for (let at = 0; at < pages; at++) {
    tokens.set(at, token);
    token = /"NextToken":"([^"]+)"\}$/.exec(String(await page(token)))?.[1];
    // Only three of the tokens are asked for again.
    if (at !== 1 && at !== Math.floor(pages / 2) && at !== pages - 1) tokens.delete(at - 1);
  }
  const places = { start: undefined, half: tokens.get(Math.floor(pages / 2)), end: tokens.get(pages - 2) };
  const costs = { start: [] as number[], half: [] as number[], end: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const place of ["start", "half", "end"] as const) {
      const begin = performance.now();
      await page(places[place]);
      costs[place].push((performance.now() - begin) * 1000);
    }
  await store.close();
  return costs;
}
