/** The paths that load balancers ask, and what an endpoint does before it is ready. */

import { once } from "node:events";
import { createServer } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, openStore, type Store } from "../src/endpoint/index.ts";
import { putJobs } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { closeServers } from "./support/open-servers.ts";

let endpoint: Endpoint | undefined;
const test = suite("an endpoint");

test.after(closeServers);
test.after.each(() => endpoint?.close());

/** A store in memory with a `ping` of the test's own. */
async function storeWith(ping: Store["ping"]): Promise<Store> {
  return Object.assign(Object.create(await openStore()) as Store, { ping });
}

async function ask(path: string, method = "GET"): Promise<[status: number, body: string, length: string | null]> {
  const response = await fetch(`${endpoint?.url}${path}`, { method });
  return [response.status, await response.text(), response.headers.get("content-length")];
}

test("responds to GET and HEAD of both health paths alike, to HEAD without a body", async () => {
  endpoint = await serve();
  for (const path of ["/ping", "/health", "/health?from=balancer"]) {
    assert.equal(await ask(path), [200, "{}", "2"]);
    assert.equal(await ask(path, "HEAD"), [200, "", "2"]);
  }
  for (const path of ["/ping", "/health"]) assert.is((await ask(path, "POST"))[0], 403);
});

test("says by /health that its store is gone and back, and asks nothing for /ping", async () => {
  let isGone = true;
  const lines: string[] = [];
  const store = await storeWith(async () => {
    if (isGone) throw new Error("connection refused");
  });
  const logger = { info: () => {}, error: (line: string) => void lines.push(line) };
  endpoint = await serve({ store, logger });
  assert.equal(await ask("/health"), [503, '{"Message":"The store does not respond."}', "41"]);
  assert.equal(await ask("/health", "HEAD"), [503, "", "41"]);
  assert.is((await ask("/ping"))[0], 200);
  assert.match(JSON.parse(lines[0]!).cause, /^Error: connection refused/);
  isGone = false;
  assert.is((await ask("/health"))[0], 200);
});

test("does not wait at /health for a silent store, and asks it once for all callers", async () => {
  let asked = 0;
  const store = await storeWith(() => {
    asked++;
    return new Promise(() => {});
  });
  endpoint = await serve({ store });
  const all = await Promise.all(Array.from({ length: 5 }, () => ask("/health")));
  assert.equal(
    all.map(([status]) => status),
    [503, 503, 503, 503, 503],
  );
  assert.is((await ask("/health"))[0], 503);
  assert.is(asked, 1);
});

test("responds with a 503 to every request until its import ends", async () => {
  let status: number | undefined;
  const port = await freePort();
  endpoint = await serve({
    port,
    import: async (store) => {
      ({ status } = await fetch(`http://127.0.0.1:${port}/ping`));
      await putJobs(store, "boards", 3);
    },
  });
  assert.is(status, 503);
  assert.is((await ask("/ping"))[0], 200);
});

test("frees its port when its import fails", async () => {
  const port = await freePort();
  const failure = new Error("no");
  const failed = await serve({ port, import: () => Promise.reject(failure) }).catch((error: unknown) => error);
  assert.is(failed, failure);
  endpoint = await serve({ port });
});

test("imports nothing when its port is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  let isImported = false;
  const options = {
    port: (other.address() as { port: number }).port,
    import: async () => {
      isImported = true;
    },
  };
  const failed = await serve(options).catch((error: NodeJS.ErrnoException) => error);
  other.close();
  assert.is((failed as NodeJS.ErrnoException).code, "EADDRINUSE");
  assert.not(isImported);
});
test.run();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
