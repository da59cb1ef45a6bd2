/** The stores' figures: import, and pages at any depth. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Child } from "./child.ts";
import type { Lab } from "./lab.ts";
import type { Findings } from "./report.ts";
import { growth, ratio, type Summary, summary } from "./statistics.ts";
import type { ImportCost, PageCosts, StoreTask } from "./store-worker.ts";

export async function measureStores(lab: Lab): Promise<Findings> {
  const imports = await measureImports(lab);
  const pages = await measureDepth(lab);
  return { tables: [...imports.tables, ...pages.tables], goals: [...imports.goals, ...pages.goals] };
}

async function measureImports({ scale, folder, start }: Lab): Promise<Findings> {
  const rows: { jobs: number; import: Summary; insert: Summary; ratio: Summary; peak: number; flat: number }[] = [];
  for (const jobs of scale.imported) {
    const file = join(folder, `${jobs}.ndjson`);
    await ask(start("store-worker"), { kind: "inventory", file, jobs });
    const imports: ImportCost[] = [];
    const inserts: number[] = [];
    // Each has its own process: code compiled and memory left by one would change the next.
    for (let round = 0; round < Math.min(scale.loadRounds, Math.max(1, Math.min(5, 2_000_000 / jobs))); round++) {
      const [one, other] = [join(folder, "import.db"), join(folder, "insert.db")];
      imports.push(await ask<ImportCost>(start("store-worker"), { kind: "import", file, store: one }));
      inserts.push(await ask<number>(start("store-worker"), { kind: "insert", jobs, store: other }));
      await Promise.all([removeDatabase(one), removeDatabase(other)]);
    }
    await rm(file);
    const rates = (walls: readonly number[]) => walls.map((wall) => (jobs / wall) * 1000);
    const walls = imports.map((cost) => cost.wall);
    const rss = imports.flatMap((cost) => cost.rss);
    rows.push({
      jobs,
      import: summary(rates(walls), "most"),
      insert: summary(rates(inserts), "most"),
      ratio: ratio(rates(walls), rates(inserts), "most"),
      peak: Math.max(...rss) / 1e6,
      flat: summary(
        imports.map((cost) => growth(cost.rss)),
        "least",
      ).median,
    });
  }
  const largest = rows.at(-1)!;
  return {
    tables: [
      {
        title: "Import of NDJSON into SQLite, beside the engine's own insert loop of the same rows",
        columns: [
          "jobs",
          "import (jobs/s)",
          "bare inserts (rows/s)",
          "ratio",
          "peak memory (MB)",
          "last quarter / second",
        ],
        rows: rows.map((row) => [String(row.jobs), row.import, row.insert, row.ratio, row.peak, row.flat]),
      },
    ],
    goals: [
      { figure: `import of ${largest.jobs} jobs against bare inserts`, value: largest.ratio, least: 0.6 },
      { figure: `resident memory of that import, last quarter against the second`, value: largest.flat, most: 1.05 },
    ],
  };
}

async function measureDepth({ scale, folder, start }: Lab): Promise<Findings> {
  const rows: { jobs: number; costs: PageCosts }[] = [];
  for (const jobs of scale.stored) {
    const file = join(folder, `${jobs}.ndjson`);
    const store = join(folder, `${jobs}.db`);
    const worker = start("store-worker");
    await ask(worker, { kind: "inventory", file, jobs });
    await ask(worker, { kind: "import", file, store });
    const costs = await ask<PageCosts>(worker, { kind: "pages", jobs, store, rounds: 50 * scale.rounds });
    await Promise.all([rm(file), removeDatabase(store)]);
    rows.push({ jobs, costs });
  }
  const largest = rows.at(-1)!;
  return {
    tables: [
      {
        title: "Endpoint: a page from SQLite by its depth, without HTTP and signature",
        columns: ["jobs in the project", "first page (µs)", "half way (µs)", "end (µs)"],
        rows: rows.map(({ jobs, costs }) => [
          String(jobs),
          summary(costs.start, "least"),
          summary(costs.half, "least"),
          summary(costs.end, "least"),
        ]),
      },
    ],
    goals: [
      {
        figure: `a page at the end of ${largest.jobs} jobs against the first`,
        value: summary(largest.costs.end, "least").median / summary(largest.costs.start, "least").median,
        most: 1.2,
      },
    ],
  };
}

function ask<Answer>(worker: Child, task: StoreTask): Promise<Answer> {
  return worker.ask<Answer>(task);
}

async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) await rm(file + suffix, { force: true });
}
