/** The stores' figures: import, and pages at any depth. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Child } from "./child.ts";
import type { Lab } from "./lab.ts";
import type { Findings } from "./report.ts";
import { exponent, quarters, type Summary, summary } from "./statistics.ts";
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
    // A process for each: what one has compiled or left behind is nothing to the next.
    for (let round = 0; round < Math.min(scale.loadRounds, Math.max(1, Math.min(5, 2_000_000 / jobs))); round++) {
      const [one, other] = [join(folder, "import.db"), join(folder, "insert.db")];
      imports.push(await ask<ImportCost>(start("store-worker"), { kind: "import", file, store: one }));
      inserts.push(await ask<number>(start("store-worker"), { kind: "insert", jobs, store: other }));
      await Promise.all([removeDatabase(one), removeDatabase(other)]);
    }
    await rm(file);
    const walls = imports.map((cost) => cost.wall);
    const rss = imports.flatMap((cost) => cost.rss);
    rows.push({
      jobs,
      import: summary(walls.map((wall) => (jobs / wall) * 1000)),
      insert: summary(inserts.map((wall) => (jobs / wall) * 1000)),
      ratio: summary(inserts.map((wall, round) => wall / walls[round]!)),
      peak: Math.max(...rss) / 1e6,
      flat: summary(imports.map((cost) => growthOf(cost.rss))).median,
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
      {
        figure: "time to import N jobs: exponent",
        value: exponent(rows.map((row) => [row.jobs, row.jobs / row.import.median] as const)),
      },
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
          summary(costs.start),
          summary(costs.half),
          summary(costs.end),
        ]),
      },
    ],
    goals: [
      {
        figure: `a page at the end of ${largest.jobs} jobs against the first`,
        value: summary(largest.costs.end).median / summary(largest.costs.start).median,
        most: 1.2,
      },
      {
        figure: "a page at the end, by jobs in the project: exponent",
        value: exponent(rows.map(({ jobs, costs }) => [jobs, summary(costs.end).median] as const)),
      },
    ],
  };
}

/** How much more of something there is in the last quarter than in the second. */
function growthOf(samples: readonly number[]): number {
  const [, second = [], , last = []] = quarters(samples);
  return summary(last).median / summary(second).median;
}

function ask<Answer>(worker: Child, task: StoreTask): Promise<Answer> {
  return worker.ask<Answer>(task);
}

async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) await rm(file + suffix, { force: true });
}
