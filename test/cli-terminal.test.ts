/** The command line on a terminal: the table, its colours, progress, Ctrl-C. */
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { golden, pasted, serveFixture } from "./support/cli.ts";
import { CLEAR, CTRL_C, ESCAPE, onTerminal, settled } from "./support/cli-terminal.ts";
import { closeServers } from "./support/open-servers.ts";
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
    for (const line of stripVTControlCharacters(output).split("\n")) assert.ok(stringWidth(line) <= columns, line);
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

table("breaks the line before a token that does not fit", async () => {
  const session = onTerminal(["list", ...P, "--max-items", "2"], { env: pasted(endpoint), columns: 60 });
  assert.is(await session.ended, 0);
  assert.match(settled(session.output), /\nThere are more:\n--starting-token \S+\n$/);
});

table("gives way to what --output asks for", async () => {
  const session = onTerminal(["list", ...P, "--output", "json"], { env: pasted(endpoint) });
  assert.is(await session.ended, 0);
  assert.is(JSON.parse(settled(session.output)).ModelPackagingJobs.length, 24);
});
table.after(closeServers);
table.run();

/** An endless listing, with a page every 50 ms. */
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

running("obeys nothing that stands in a job", async () => {
  const hostile = "a\x1b]0;owned\x07\x9b31m\u202eb";
  const server = await stubServer(() => ({
    body: { ModelPackagingJobs: [{ JobName: hostile, Why: { [hostile]: 1 } }] },
  }));
  const env = { ...environment(), AWS_ENDPOINT_URL_LOOKOUTVISION: server.url };
  for (const name of ["csv", "text", "json", "ndjson", "table"]) {
    const session = onTerminal(["list", ...P, "--output", name], { env: { ...env, NO_COLOR: "1" } });
    assert.is(await session.ended, 0);
    assert.not.match(settled(session.output).replace(/[\n\t]/g, ""), /[\p{Cc}\u202e]/u, name);
    if (name !== "table") assert.match(session.output, /a\\u001b\]0;owned\\u0007\\u009b31m\\u202eb/, name);
  }
  await server.close();
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
