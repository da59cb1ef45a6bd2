/** A store in PostgreSQL as it is operated: behind a pooler, with scarce and silent connections, in strict databases. */
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStore, type Store, serve } from "../src/endpoint/index.ts";
import { createClient } from "../src/index.ts";
import { credentials, run as runCommand, scratch, start } from "./support/cli.ts";
import { putJobs, stored } from "./support/endpoint-jobs.ts";
import { record } from "./support/store-contract.ts";
import { inSchema, run } from "./support/store-engines.ts";
import {
  connectAsSoonAsPossible,
  hasPgBouncer,
  makeDatabase,
  rowsOf,
  startPgBouncer,
  startProxy,
  stopBackends,
  withParts,
} from "./support/store-postgres-parts.ts";
import { inTime, tick } from "./support/wait.ts";

const test = suite("a PostgreSQL store in operation");
const url = process.env.TEST_POSTGRES_URL;

/** The things that a test has opened or made, in the order in which they are closed. */
const leftovers: (() => unknown)[] = [];
test.after.each(async () => {
  for (const dispose of leftovers.splice(0).reverse()) await dispose();
});

async function open(target: string): Promise<Store> {
  const store = await openStore(target);
  leftovers.push(() => store.close());
  return store;
}

async function database(options: Parameters<typeof makeDatabase>[1] = {}) {
  const made = await makeDatabase(url!, options);
  leftovers.push(made.dispose);
  return made;
}

/** Makes a database whose owner is a role with so many connections. */
async function scarceDatabase(connections: number) {
  const { url: target, name } = await database();
  const user = `${name}_role`;
  await run(url!, `CREATE ROLE ${user} LOGIN CONNECTION LIMIT ${connections}; ALTER DATABASE ${name} OWNER TO ${user}`);
  await run(target, `ALTER SCHEMA public OWNER TO ${user}`);
  leftovers.unshift(() => run(url!, `DROP ROLE ${user}`));
  return { url: withParts(target, { user }), user };
}

async function proxy(target: string) {
  const started = await startProxy(target);
  leftovers.push(started.close);
  return started;
}

/** The name of the error that a promise rejects with, or undefined. */
const nameOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: Error) => error.name,
  );

const putOne = (store: Store, name: string, signal?: AbortSignal) =>
  store.write((writer) => writer.put([record(name)]), signal);

/** Has the store open so many connections. */
const openConnections = (store: Store, count: number) =>
  Promise.all(Array.from({ length: count }, () => store.page("boards", { limit: 1 })));

if (url && hasPgBouncer) {
  test("works behind PgBouncer in transaction mode, from four processes at once", async () => {
    const { name } = await database();
    const pooler = await startPgBouncer(url, 2);
    leftovers.push(pooler.close);
    const target = withParts(pooler.url, { database: name });
    for (const at of [0, 1]) {
      const lines = Array.from({ length: 500 }, (_, job) =>
        JSON.stringify({ ProjectName: "boards", JobName: `job-${at}-${job}`, CreationTimestamp: 1_757_000_000 + job }),
      );
      writeFileSync(join(scratch, `import-${at}.ndjson`), lines.join("\n"));
    }
    const keys = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
    writeFileSync(join(scratch, "keys.json"), JSON.stringify({ keys: [credentials] }), { mode: 0o600 });
    const serving = start(["serve", "--store", target, "--port", "0", "--credentials", join(scratch, "keys.json")]);
    leftovers.push(() => serving.kill("SIGKILL"));
    const imports = [0, 1].map((at) => runCommand(["import", "--store", target, join(scratch, `import-${at}.ndjson`)]));
    let printed = "";
    serving.stderr.resume();
    serving.stdout.on("data", (text) => {
      printed += text;
    });
    while (!printed.includes("AWS_ENDPOINT_URL_LOOKOUTVISION=")) await once(serving.stdout, "data");
    for (const { stdout, stderr } of await Promise.all(imports)) assert.match(stdout, "500 read, 500 new", stderr);
    const env = {
      ...keys,
      AWS_ENDPOINT_URL_LOOKOUTVISION: /AWS_ENDPOINT_URL_LOOKOUTVISION=(\S+)/.exec(printed)![1]!,
      AWS_REGION: "us-east-1",
    };
    const { stdout, stderr } = await runCommand(["list", "--project-name", "boards", "--output", "ndjson"], { env });
    assert.is(stdout.trimEnd().split("\n").length, 1000, stderr);
  });
} else console.log("left out: a store behind PgBouncer, since there is none or TEST_POSTGRES_URL is not set");

if (url) {
  test("replaces connections that fall silent, and closes", async () => {
    const { url: target } = await database();
    const silent = await proxy(target);
    const store = await open(silent.url);
    await putJobs(store, "boards", 20);
    const endpoint = await serve({ store });
    leftovers.push(() => endpoint.close());
    const client = createClient({ region: endpoint.region, endpoint: endpoint.url, credentials: endpoint.credentials });
    leftovers.push(() => client.close());
    await openConnections(store, 10);
    assert.is(silent.taken, 10);
    silent.silence();
    // Within one call of the client, which tries three times.
    const start = performance.now();
    const page = await client.listModelPackagingJobs({ projectName: "boards" }, { timeout: 30_000 });
    console.log(`an endpoint with ten silent connections lists after ${Math.round(performance.now() - start)} ms`);
    assert.is(page.ModelPackagingJobs?.length, 20);
    await openConnections(store, 10);
    silent.silence();
    assert.is(await inTime(store.close()), undefined);
  });

  test("reads, closes and hears a signal though backends hang", async () => {
    const { url: target, name } = await database();
    const store = await open(target);
    await putJobs(store, "boards", 20);
    await openConnections(store, 10);
    const first = await stopBackends(url, name);
    leftovers.push(first.release);
    assert.is(first.stopped, 10);
    assert.is(await nameOf(store.page("boards", { limit: 1 })), "StoreUnavailableError");
    assert.is((await stored(store, "boards"))?.length, 20);

    const controller = new AbortController();
    const reason = new Error("enough");
    const writing = store.write(async (writer) => {
      await writer.put([record("a")]);
      leftovers.push((await stopBackends(url, name)).release);
      setTimeout(() => controller.abort(reason), 100);
      await writer.put([record("b")]);
    }, controller.signal);
    assert.is(await inTime(writing.catch((error) => error)), reason);
    assert.is(await inTime(store.close()), undefined);
  });

  test("rejects with the reason of its signal a write that gets no connection", async () => {
    const silent = await proxy((await database()).url);
    const store = await open(silent.url);
    silent.silenceForEver();
    // The connection that there was is given up by this, so that the write needs another one.
    assert.is(await nameOf(store.ping()), "StoreUnavailableError");
    const reason = new Error("enough");
    const controller = new AbortController();
    const writing = putOne(store, "a", controller.signal).catch((error) => error);
    await tick(100);
    controller.abort(reason);
    assert.is(await inTime(writing), reason);
  });

  test("ends serve on SIGTERM though backends hang", async () => {
    const { url: target, name } = await database();
    await putOne(await open(target), "a");
    const serving = start(["serve", "--store", target, "--port", "0"]);
    leftovers.push(() => serving.kill("SIGKILL"));
    serving.stderr.resume();
    let printed = "";
    while (!printed.includes("AWS_ENDPOINT_URL_LOOKOUTVISION=")) {
      const [text] = await once(serving.stdout, "data");
      printed += text;
    }
    const { stopped, release } = await stopBackends(url, name);
    leftovers.push(release);
    assert.ok(stopped > 1);
    const ended = once(serving, "close");
    serving.kill("SIGTERM");
    const outcome = await inTime(ended);
    assert.equal(outcome, [0, null]);
  });

  test("makes do with the three connections that its role has", async () => {
    const { url: target } = await scarceDatabase(3);
    const store = await open(target);
    await putJobs(store, "boards", 100);
    const pages = await Promise.all(Array.from({ length: 200 }, () => store.page("boards", { limit: 100 })));
    assert.ok(pages.every((page) => page?.bodies.length === pages[0]!.bodies.length));
    // A write is none the worse for it, also when the store has had other connections before.
    await Promise.all([openConnections(store, 200), putOne(store, "a")]);
  });

  test("serves 200 listings at once to clients though its role has three connections", async () => {
    const counted = await proxy((await scarceDatabase(3)).url);
    const endpoint = await serve({ store: counted.url, import: (store) => putJobs(store, "boards", 300) });
    leftovers.push(() => endpoint.close());
    const { region, credentials } = endpoint;
    const client = createClient({ region, credentials, endpoint: endpoint.url, attemptTimeout: 60_000 });
    leftovers.push(() => client.close());
    // Listings of different page sizes, or most would share a response from the endpoint's memory.
    const listings = Array.from({ length: 200 }, (_, at) =>
      client.listModelPackagingJobs({ projectName: "boards", maxResults: 30 + (at % 70) }).toArray(),
    );
    const outcomes = await Promise.allSettled(listings);
    const failed = outcomes.filter(({ status }) => status === "rejected");
    assert.equal(failed, [], `${failed.length} of 200 failed`);
    for (const outcome of outcomes) assert.is(outcome.status === "fulfilled" && outcome.value.length, 300);
    // The pool asks for ten at most, and for no more once the server has refused some.
    assert.ok(counted.taken < 20, `asked for ${counted.taken} connections`);
  });

  test("starts serving though its table is not counted in time", async () => {
    const { url: target } = await database();
    await putOne(await open(target), "a");
    const holder = await connectAsSoonAsPossible(target);
    leftovers.push(() => holder.end());
    // A lock is as slow as a table can be.
    await holder.query("BEGIN; LOCK TABLE dated_record IN ACCESS EXCLUSIVE MODE");
    const serving = start(["serve", "--store", target, "--port", "0"]);
    leftovers.push(() => serving.kill("SIGKILL"));
    const [greeting] = await once(serving.stdout, "data");
    assert.match(
      String(greeting),
      /\(not counted: The store in PostgreSQL is not available: no response in 5 s\) at http/,
    );
    await holder.query("ROLLBACK");
    const [, url = ""] = /AWS_ENDPOINT_URL_LOOKOUTVISION=(\S+)/.exec(String(greeting)) ?? [];
    assert.is((await fetch(`${url}/health`)).status, 200);
  });

  test("tells that the store is unavailable when it gets no connection", async () => {
    const { url: target, user } = await scarceDatabase(1);
    const endpoint = await serve({ store: target });
    leftovers.push(() => endpoint.close());
    await run(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${user}'`);
    const holder = await connectAsSoonAsPossible(target);
    const client = createClient({
      region: endpoint.region,
      endpoint: endpoint.url,
      credentials: endpoint.credentials,
      maxAttempts: 1,
    });
    leftovers.push(() => client.close());
    const statusNow = () =>
      client.listModelPackagingJobs({ projectName: "boards" }).then(
        () => 200,
        (error) => (error as { status?: number }).status,
      );
    assert.is(await statusNow(), 503);
    await holder.end();
    assert.is(await statusNow(), 404);
  });

  test("keeps to the number of connections in its URL", async () => {
    const { url: target, name } = await database();
    const store = await open(`${target}?connection_limit=2`);
    await openConnections(store, 50);
    const [row] = await rowsOf<{ count: string }>(
      url,
      `SELECT count(*) FROM pg_stat_activity WHERE datname = '${name}'`,
    );
    assert.is(row?.count, "2");
    for (const limit of ["0", "two", "1.5", ""]) {
      const error = await openStore(`${target}?connection_limit=${limit}`).catch((error) => error);
      assert.is(error.message, `connection_limit must be a whole number above 0, not "${limit}".`);
    }
  });

  test("imports in a database that is serializable, read-only and short of time by default", async () => {
    const { url: target } = await database({
      settings: {
        default_transaction_isolation: "serializable",
        default_transaction_read_only: "on",
        lock_timeout: "'100ms'",
        idle_in_transaction_session_timeout: "'100ms'",
      },
    });
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(target)));
    assert.is(new Set(stores.map(({ tokenKey }) => tokenKey.toString("hex"))).size, 1);
    const writes = stores.map((store, at) =>
      store.write(async (writer) => {
        await writer.put([record("shared"), record(`own-${at}`)]);
        await tick(300);
        await writer.put([record(`late-${at}`)]);
      }),
    );
    await Promise.all(writes);
    assert.is((await stored(stores[0]!, "boards"))?.length, 9);
  });

  test("waits for its turn beyond the statement_timeout of the database", async () => {
    const { url: target } = await database({ settings: { statement_timeout: "'2s'" } });
    const [first, second] = [await open(target), await open(target)];
    let waiting: Promise<unknown> | undefined;
    await first.write(async (writer) => {
      waiting = putOne(second, "b");
      await tick(2_500);
      await writer.put([record("a")]);
    });
    await waiting;
    assert.is((await stored(first, "boards"))?.length, 2);
  });

  test("stays with the schema that it found", async () => {
    const { url: target, name } = await database();
    const user = new URL(url).username;
    const store = await open(`${target}?connection_limit=4`);
    await putJobs(store, "boards", 30);
    await run(target, `CREATE SCHEMA "${user}"`);
    // A store of its own, as a process that starts now would make it.
    const other = await open(target);
    await putOne(other, "a");
    await run(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await tick(50);
    const counts = await Promise.all(Array.from({ length: 8 }, async () => (await stored(store, "boards"))?.length));
    assert.equal(new Set(counts), new Set([30]));
    await putOne(store, "b");
    assert.is((await stored(store, "boards"))?.length, 31);
    assert.is((await stored(other, "boards"))?.length, 1);
  });

  test("works in a schema with an awkward name, and names a search path without any", async () => {
    const { url: target } = await database();
    await run(target, `CREATE SCHEMA "it's ""mine"""`);
    const store = await open(`${target}?options=-c%20search_path=${encodeURIComponent(`"it's\\ ""mine"""`)}`);
    await putOne(store, "a");
    assert.is((await rowsOf(target, `SELECT FROM "it's ""mine""".store_schema`)).length, 1);
    const error = await openStore(inSchema(target, "missing")).catch((error) => error);
    assert.is(error.message, "The search path of the database names no schema that exists. Make one.");
  });

  test("rejects a write whose COMMIT was a ROLLBACK", async () => {
    const store = await open((await database()).url);
    const outcome = await store
      .write(async (writer) => {
        await writer.put([record("a")]);
        await writer.put([{ ...record("b"), body: null as never }]).catch(() => undefined);
      })
      .catch((error) => error);
    assert.instance(outcome, Error);
    assert.is(await stored(store, "boards"), undefined);
  });

  test("says that a write may have been kept when its connection is lost at the COMMIT", async () => {
    const cutting = await proxy((await database()).url);
    const store = await open(cutting.url);
    // As the end of a message: COMMITTED is part of another one.
    cutting.cutAfter("COMMIT\0");
    const error = await putOne(store, "a").catch((error) => error);
    assert.is(error.name, "StoreError");
    assert.match(error.message, /may have been kept\. To import again is safe/);
    assert.is((await stored(store, "boards"))?.length, 1);
  });

  test("uses up no identity for an import that adds nothing", async () => {
    const { url: target } = await database();
    const store = await open(target);
    await putOne(store, "a");
    for (let round = 0; round < 5; round++) await putOne(store, "a");
    await store.write((writer) => writer.put([record("a", { collection: "cables" })]));
    assert.equal(await rowsOf(target, "SELECT id FROM stored_collection ORDER BY id"), [{ id: 1 }, { id: 2 }]);
  });

  test("has another key for page tokens once it is changed as SECURITY.md says", async () => {
    const { url: target } = await database();
    const { tokenKey } = await open(target);
    const security = readFileSync(new URL("../SECURITY.md", import.meta.url), "utf8");
    await run(target, /PostgreSQL: `(UPDATE [^`]+)`/.exec(security)![1]!);
    const changed = (await open(target)).tokenKey;
    assert.is(changed.length, tokenKey.length);
    assert.not.equal(changed, tokenKey);
  });

  const ca = process.env.TEST_POSTGRES_CA;
  if (ca) {
    test("checks the server's certificate against sslrootcert", async () => {
      const { url: target, name } = await database();
      const store = await open(`${target}?sslmode=verify-full&sslrootcert=${encodeURIComponent(ca)}`);
      await putOne(store, "a");
      const [row] = await rowsOf<{ ssl: boolean }>(
        url,
        `SELECT bool_and(ssl) AS ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = '${name}'`,
      );
      assert.is(row?.ssl, true);
      const error = await openStore(`${target}?sslmode=verify-full`).catch((error) => error);
      assert.match(error.message, /certificate/);
    });
  } else console.log("left out: a store over TLS, since TEST_POSTGRES_CA is not set");
} else console.log("left out: a store in operation, since TEST_POSTGRES_URL is not set");

test.run();
