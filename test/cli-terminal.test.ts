/** The command line on a terminal: the table, its colours, progress, Ctrl-C. */
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { golden, pasted, serveFixture } from "./support/cli.ts";
import { CLEAR, CTRL_C, ESCAPE, onTerminal, settled } from "./support/cli-terminal.ts";
import { type StubServer, stubServer } from "./support/stub-server.ts";

const P = ["--project-name", "circuit-boards"];

let endpoint: Endpoint;
const table = suite("the table");
table.before(async () => {
  endpoint = await serveFixture();
});
table.after(() => endpoint.close());

for (const columns of [60, 100, 200])
  table(`is what a terminal gets, ${columns} columns wide`, async () => {
    const session = onTerminal(["list", ...P], { env: pasted(endpoint), columns });
    assert.is(await session.ended, 0);
    const output = settled(session.output);
    await golden(`table-${columns}.txt`, output);
    // The summary may wrap, and wide characters take more cells than the string has units.
    const [rows = ""] = stripVTControlCharacters(output).split("\n\n");
    for (const row of rows.split("\n")) assert.ok(row.length <= columns, row);
  });

table("has no colour with NO_COLOR, nor on a terminal without", async () => {
  for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
    const session = onTerminal(["list", ...P], { env: { ...pasted(endpoint), ...env } });
    assert.is(await session.ended, 0);
    assert.not.ok(settled(session.output).includes(ESCAPE));
    assert.match(session.output, /line-2-build-101 +1 +FAILED/);
  }
});

table("gives times in the local zone", async () => {
  const session = onTerminal(["list", ...P], { env: { ...pasted(endpoint), TZ: "Asia/Tokyo" }, columns: 120 });
  assert.is(await session.ended, 0);
  // 2025-01-01T00:00:00Z
  assert.match(session.output, /line-1-build-100 .*2025-01-01 09:00/);
  assert.match(session.output, /Times in Asia\/Tokyo\.\n/);
});

table("gives way to what --output asks for", async () => {
  const session = onTerminal(["list", ...P, "--output", "json"], { env: pasted(endpoint) });
  assert.is(await session.ended, 0);
  assert.is(JSON.parse(settled(session.output)).ModelPackagingJobs.length, 24);
});
table.run();

/** A listing without an end, a page every 50 ms. */
let endless: StubServer;
const environment = () => ({ ...pasted(endpoint), AWS_ENDPOINT_URL_LOOKOUTVISION: endless.url });
const running = suite("a long listing");
running.before(async () => {
  endless = await stubServer(async (_, index) => {
    await sleep(50);
    return { body: { ModelPackagingJobs: Array(100).fill({ JobName: "job" }), NextToken: `page${index}` } };
  });
});
running.after(() => endless.close());

running("tells how far it is, and Ctrl-C ends it with 130, the line cleared", async () => {
  const session = onTerminal(["list", ...P], { env: environment() });
  await session.shows(/\[K[\d,]+ jobs, \d+ pages, [\d,]+ jobs\/s/);
  session.type(CTRL_C);
  assert.is(await session.ended, 130);
  assert.ok(session.output.endsWith(CLEAR));
});

running("keeps quiet where it prints to the same terminal", async () => {
  const session = onTerminal(["list", ...P, "--output", "csv", "--max-items", "2000"], { env: environment() });
  assert.is(await session.ended, 0);
  assert.not.ok(session.output.includes(ESCAPE));
});
running.run();

const serving = suite("serve on a terminal");
serving("prints what to paste, logs no request, and Ctrl-C ends it with 0", async () => {
  const session = onTerminal(["serve", "--store", ":memory:", "--port", "0"], { columns: 120 });
  await session.shows(/--endpoint-url http:.*\n/);
  const greeting = session.output;
  const variables = Object.fromEntries(
    [...greeting.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const list = onTerminal(["list", ...P], { env: variables });
  assert.is(await list.ended, 254);
  assert.match(list.output, /ResourceNotFoundException/);
  session.type(CTRL_C);
  assert.is(await session.ended, 0);
  assert.is(session.output.replace("^C", ""), greeting);
});
serving.run();
