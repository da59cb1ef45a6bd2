/**
 * `kill -9` in the middle of an import: the store opens, holds all of the import or nothing, and is served.
 * KILL_RUNS says how many times on SQLite, and a fifth of them on PostgreSQL. @default 4
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { serve } from "../src/endpoint/index.ts";
import { openStore } from "../src/endpoint/stores/index.ts";
import { sqliteEngine } from "../src/endpoint/stores/sqlite-engine.ts";
import type { Cursor } from "../src/endpoint/stores/store.ts";
import { createClient } from "../src/index.ts";
import { inSchema, run } from "./support/store-engines.ts";

const RUNS = Number(process.env.KILL_RUNS ?? 4);
const JOBS = 20_000;
const child = fileURLToPath(new URL("support/import-child.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "import-kill-"));
const inventory = join(folder, "jobs.ndjson");

const test = suite("kill -9 in the middle of an import");
test.before(() => {
  const lines = Array.from({ length: JOBS }, (_, at) => {
    const job = { JobName: `job-${at}`, CreationTimestamp: 1_700_000_000 - at, StatusMessage: "x".repeat(200) };
    return `${JSON.stringify(job)}\n`;
  });
  writeFileSync(inventory, lines.join(""));
});
test.after(() => rmSync(folder, { recursive: true }));

/** Imports in a process and kills it once it has read so many bytes; after the last one, so many ms later. */
async function importAndKill(target: string, project: string, after: number, delay: number): Promise<string> {
  const args = ["--no-warnings", "--import", "tsx", child, target, project, inventory];
  const importing = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(importing, "close");
  for await (const line of createInterface(importing.stdout)) {
    if (line !== "done" && Number(line) < after) continue;
    await sleep(delay);
    importing.kill("SIGKILL");
    break;
  }
  const [code, signal] = await closed;
  return signal ?? `exit ${code}`;
}

async function killOften(target: string, runs: number): Promise<{ all: number; nothing: number }> {
  const outcomes = { all: 0, nothing: 0 };
  const { size } = statSync(inventory);
  for (let round = 0; round < runs; round++) {
    // Every other time the whole file has been read, and the kill comes about when the transaction is committed.
    const [after, delay] = round % 2 === 0 ? [Math.random() * size, 0] : [size, Math.random() * 150];
    const ended = await importAndKill(target, `project-${round}`, after, delay);
    assert.ok(["SIGKILL", "exit 0"].includes(ended), `the import ended with ${ended}`);
    const store = await openStore(target);
    // The store takes the next write, which on PostgreSQL waits until the server has noticed the end of the child.
    await store.write((writer) => writer.putCollection("another"));
    const isThere = (await store.page(`project-${round}`, { limit: 1 })) !== undefined;
    let count = 0;
    let cursor: Cursor | undefined;
    do {
      const page = await store.page(`project-${round}`, { after: cursor, limit: 5000 });
      count += JSON.parse(`[${Buffer.from(page?.bodies ?? [])}]`).length;
      cursor = page?.last;
    } while (cursor !== undefined);
    assert.is(count, isThere ? JOBS : 0, `after byte ${after} and ${delay} ms`);
    outcomes[isThere ? "all" : "nothing"]++;
    await store.close();
  }
  return outcomes;
}

async function checkServed(target: string): Promise<void> {
  const endpoint = await serve({ store: target });
  const { url, region, credentials } = endpoint;
  const client = createClient({ endpoint: url, region, credentials });
  const page = await client.listModelPackagingJobs({ projectName: "another" });
  assert.equal(page.ModelPackagingJobs, []);
  await client.close();
  await endpoint.close();
}

test(`leaves a SQLite store whole, ${RUNS} times`, async () => {
  const target = join(folder, "jobs.db");
  const { all, nothing } = await killOften(target, RUNS);
  console.log(`SQLite: ${all} imports were whole, ${nothing} had left nothing`);
  assert.ok(nothing > 0);
  await checkServed(target);
  const database = (await sqliteEngine())(target);
  assert.equal(
    { ...(database.prepare("PRAGMA integrity_check").get() as object), _metadata: 0 },
    { integrity_check: "ok", _metadata: 0 },
  );
  database.close();
});

const url = process.env.TEST_POSTGRES_URL;
if (url) {
  const runs = Math.ceil(RUNS / 5);
  test(`leaves a PostgreSQL store whole, ${runs} times`, async () => {
    const schema = `import_kill_${process.pid}`;
    await run(url, `CREATE SCHEMA ${schema}`);
    try {
      const target = inSchema(url, schema);
      const { all, nothing } = await killOften(target, runs);
      console.log(`PostgreSQL: ${all} imports were whole, ${nothing} had left nothing`);
      assert.ok(nothing > 0);
      await checkServed(target);
    } finally {
      await run(url, `DROP SCHEMA ${schema} CASCADE`);
    }
  });
} else console.log("left out: kill -9 on PostgreSQL, since TEST_POSTGRES_URL is not set");

test.run();
