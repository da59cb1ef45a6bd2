/** Opening stores: several processes at once, files that are no stores, engines that are not there. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStore } from "../src/endpoint/stores/index.ts";
import { sqliteEngine } from "../src/endpoint/stores/sqlite-engine.ts";
import type { Store } from "../src/endpoint/stores/store.ts";
import { withoutSecrets } from "../src/endpoint/stores/target.ts";
import { stored } from "./support/endpoint-jobs.ts";
import { inSchema, run } from "./support/store-engines.ts";
import { connectAsSoonAsPossible } from "./support/store-postgres-parts.ts";
import { inTime, tick } from "./support/wait.ts";

const test = suite("opening a store");
const folder = mkdtempSync(join(tmpdir(), "store-opening-"));
test.after(() => rmSync(folder, { recursive: true }));

const child = fileURLToPath(new URL("support/store-child.ts", import.meta.url));

/** Starts so many processes that open the store and write to it, all at once, and gives what they print. */
async function openAtOnce(target: string, count: number): Promise<string[]> {
  const starting = Array.from({ length: count }, (_, at) =>
    startChild(["--import", "tsx", child, target, `job-${at}`]),
  );
  const children = await Promise.all(starting);
  return Promise.all(children.map((finish) => finish()));
}

/** Starts the child and waits until it is ready. The function that it gives lets the child go on, and gives its output. */
async function startChild(args: string[]): Promise<() => Promise<string>> {
  const running = spawn(process.execPath, ["--no-warnings", ...args]);
  const closed = once(running, "close");
  const error = text(running.stderr);
  const lines = createInterface(running.stdout)[Symbol.asyncIterator]();
  assert.is((await lines.next()).value, "ready");
  return async () => {
    running.stdin.end();
    const { value } = await lines.next();
    await closed;
    if (running.exitCode !== 0) throw new Error(await error);
    return value;
  };
}

async function rejection(opening: Promise<Store>): Promise<Error> {
  return opening.then(
    async (store) => {
      await store.close();
      return assert.unreachable("the store opened");
    },
    (error) => error,
  );
}

async function checkSharedStore(target: string, printed: string[]): Promise<void> {
  assert.is(new Set(printed).size, 1, "the processes have different token keys");
  const store = await openStore(target);
  assert.is(store.tokenKey.toString("hex"), printed[0]);
  assert.is((await stored(store, "boards"))?.length, printed.length);
  await store.close();
}

test("by several processes at once makes one SQLite store", async () => {
  const target = join(folder, "shared.db");
  await checkSharedStore(target, await openAtOnce(target, 6));
});

const url = process.env.TEST_POSTGRES_URL;
if (url) {
  const schema = `store_opening_${process.pid}`;
  const target = inSchema(url, schema);
  test.before.each(() => run(url, `CREATE SCHEMA ${schema}`));
  test.after.each(() => run(url, `DROP SCHEMA ${schema} CASCADE`));

  test("by several processes at once makes one PostgreSQL store", async () => {
    await checkSharedStore(target, await openAtOnce(target, 6));
  });

  test("many times at once makes one PostgreSQL store", async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(target)));
    assert.is(new Set(stores.map((store) => store.tokenKey.toString("hex"))).size, 1);
    for (const store of stores) await store.close();
  });

  test("ends at its signal while another process keeps a PostgreSQL from migrating", async () => {
    const other = await connectAsSoonAsPossible(url);
    // The lock that every write and migration takes.
    await other.query(`SELECT pg_advisory_lock(${0x4c_6f_6f_6b})`);
    assert.is(await givenUp(target), GIVEN_UP);
    await other.end();
    await (await openStore(target)).close();
  });

  test("refuses a PostgreSQL store of a later version of this package", async () => {
    await (await openStore(target)).close();
    await run(url, `UPDATE ${schema}.store_schema SET version = 99`);
    const error = await rejection(openStore(target));
    assert.is(error.name, "StoreError");
    assert.match(error.message, "was made by a later version of this package. Update the package.");
  });
} else console.log("left out: opening stores on a PostgreSQL server, since TEST_POSTGRES_URL is not set");

test("does not wait for a running write", async () => {
  const target = join(folder, "busy.db");
  const store = await openStore(target);
  await store.write(async (writer) => {
    await writer.put([{ collection: "boards", name: "a", rank: -1, updated: null, body: "{}" }]);
    const second = await openStore(target);
    assert.is(await stored(second, "boards"), undefined);
    await second.close();
  });
  await store.close();
});

/** Opens a store with a signal that is aborted meanwhile, and gives what that ended with. */
async function givenUp(target: string): Promise<unknown> {
  const controller = new AbortController();
  const opening = openStore(target, { signal: controller.signal }).catch((error) => error);
  await tick(200);
  controller.abort(GIVEN_UP);
  return inTime(opening);
}
const GIVEN_UP = new Error("enough");

test("ends at its signal while another process keeps it from migrating", async () => {
  const path = join(folder, "waiting.db");
  await (await openStore(path)).close();
  const open = await sqliteEngine();
  const other = open(path);
  other.exec("UPDATE store_schema SET version = 1; BEGIN IMMEDIATE");
  assert.is(await givenUp(path), GIVEN_UP);
  other.exec("ROLLBACK");
  other.close();
});

test("ends at its signal though a PostgreSQL says nothing", async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  assert.is(await givenUp(`postgres://me@127.0.0.1:${port}/jobs`), GIVEN_UP);
  assert.is(sockets.length, 1);
  if (!sockets[0]!.destroyed) await once(sockets[0]!.resume(), "close");
  silent.close();
});

test("has no use for its signal once the store is open", async () => {
  const controller = new AbortController();
  const store = await openStore(join(folder, "signal.db"), { signal: controller.signal });
  controller.abort();
  await store.write((writer) => writer.putCollection("boards"));
  assert.equal(await stored(store, "boards"), []);
  await store.close();
  assert.is(await openStore(":memory:", { signal: AbortSignal.abort(GIVEN_UP) }).catch((error) => error), GIVEN_UP);
});

test("makes no file for a store in memory", async () => {
  const store = await openStore(":memory:");
  await store.close();
  assert.is(existsSync(":memory:"), false);
});

test("leaves the database of another program alone", async () => {
  const path = join(folder, "other.db");
  const open = await sqliteEngine();
  const other = open(path);
  other.exec("CREATE TABLE accounts (id INTEGER PRIMARY KEY)");
  other.close();
  const before = readFileSync(path);
  const error = await rejection(openStore(path));
  assert.is(error.name, "StoreError");
  assert.is(error.message, `${path} is the database of another program. Name another file.`);
  assert.equal(readFileSync(path), before);
});

test("refuses a file that is no database", async () => {
  const path = join(folder, "jobs.json");
  writeFileSync(path, JSON.stringify({ jobs: Array(1000).fill("job") }));
  const error = await rejection(openStore(path));
  assert.is(error.name, "StoreError");
  assert.is(error.message, `Cannot open the store ${path}: file is not a database.`);
});

test("says why a file cannot be opened", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  for (const [path, reason] of [
    [join(folder, "missing", "jobs.db"), "its folder does not exist"],
    [join(file, "jobs.db"), "its folder is a file"],
    [folder, "it is a folder"],
  ] as const) {
    const error = await rejection(openStore(path));
    assert.is(error.name, "StoreError");
    assert.is(error.message, `Cannot open the store ${path}: ${reason}.`);
  }
});

test("refuses the store of a later version of this package", async () => {
  const path = join(folder, "later.db");
  await (await openStore(path)).close();
  const open = await sqliteEngine();
  const later = open(path);
  later.exec("UPDATE store_schema SET version = 99");
  later.close();
  const error = await rejection(openStore(path));
  assert.is(error.name, "StoreError");
  assert.is(error.message, `The store ${path} was made by a later version of this package. Update the package.`);
});

test("names a PostgreSQL that does not respond, without its password", async () => {
  const error = await rejection(openStore("postgres://me:pa:secret@127.0.0.1:1/jobs?password=secret"));
  assert.is(error.name, "StoreError");
  assert.match(error.message, /^Cannot open the store at postgres:\/\/127\.0\.0\.1:1\/jobs: .*ECONNREFUSED/);
  assert.not.match(error.message, "secret");
});

test("makes a SQLite store and its companions for their owner only, whatever the umask", async () => {
  const path = join(folder, "private.db");
  const umask = process.umask(0);
  try {
    const store = await openStore(path);
    await store.write((writer) => writer.put([{ collection: "boards", name: "a", rank: -1, updated: 1, body: "{}" }]));
    const modes = ["", "-wal", "-shm"].map((suffix) => statSync(`${path}${suffix}`).mode & 0o777);
    assert.equal(modes, [0o600, 0o600, 0o600]);
    await store.close();
  } finally {
    process.umask(umask);
  }
});

for (const target of [
  "postgres:/app:s3cret@db/jobs",
  "postgres:app:s3cret@db/jobs",
  " postgres://app:s3cret@db/jobs",
  "\tpostgresql://app:s3cret@db/jobs",
  '"postgres://app:s3cret@db/jobs"',
  "mysql://app:s3cret@db/jobs",
  "jdbc:postgresql://db/jobs?password=s3cret",
  "app:s3cret@db/jobs",
  "//app:s3cret@db/jobs",
  "file:s3cret.db",
])
  test(`refuses ${JSON.stringify(target)}, which looks like a URL, and does not show it`, async () => {
    const error = await rejection(openStore(target));
    assert.is(error.name, "StoreError");
    assert.match(error.message, /looks like a URL.*postgres:\/\/USER@HOST\/DATABASE.*\.\/NAME/);
    assert.not.match(inspect(error), "s3cret");
    assert.not(existsSync(target));
  });

test("takes a path with a colon and an at sign that is plainly one", async () => {
  const path = join(folder, "a:b@c.db");
  await (await openStore(path)).close();
  assert.ok(existsSync(path));
});

test("calls a store by a name that holds no password", () => {
  for (const [target, name] of [
    ["postgres://me:s3cr:et@db:5432/jobs", "postgres://db:5432/jobs"],
    ["postgresql://db/jobs?user=me&password=s3cret", "postgres://db/jobs"],
    ["postgres://:s3cret@db/jobs", "postgres://db/jobs"],
    ["POSTGRES://me:s3@cret@db", "postgres://db"],
    ["postgres://me:s3/cret@db/jobs", "a malformed URL"],
    ["jobs.db", "jobs.db"],
    ["a:b@c.db", "a:b@c.db"],
    [":memory:", ":memory:"],
  ] as const)
    assert.is(withoutSecrets(target), name);
});

/** An import that makes a process fail to resolve `modules`, as where they are not installed. */
function withoutModules(modules: string[]): string {
  const hooks = `export async function resolve(name, context, next) {
    if (${JSON.stringify(modules)}.includes(name))
      throw Object.assign(new Error("Cannot find package '" + name + "'"), { code: "ERR_MODULE_NOT_FOUND" });
    return next(name, context);
  }`;
  const data = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  return data(`import { register } from "node:module"; register(${JSON.stringify(data(hooks))});
    process.getBuiltinModule = () => undefined;`);
}

for (const [missing, target, line] of [
  ["libsql", join(folder, "no-engine.db"), "npm install libsql"],
  ["pg", "postgres://127.0.0.1/jobs", "npm install pg"],
] as const) {
  test(`prints the line that installs ${missing} when it is missing`, async () => {
    const hooks = withoutModules([missing]);
    const finish = await startChild(["--import", "tsx", "--import", hooks, child, target, "a"]);
    const error = await finish().catch((error) => error);
    assert.instance(error, Error);
    assert.match(error.message, "StoreError: ");
    assert.match(error.message, line);
  });
}

test.run();
