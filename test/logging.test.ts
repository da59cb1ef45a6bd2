/** The log has an entry for each attempt, and for each decision about the next one. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createClient, type LogEntry, type Logger } from "../src/index.ts";
import { version } from "../src/version.ts";
import { clientOf, credentials, paths, projectName, rejection, withRandom } from "./support/client.ts";
import { modes } from "./support/fault-modes.ts";
import { faultyServer } from "./support/faulty-server.ts";
import { closeServers } from "./support/open-servers.ts";
import { type StubResponse, stubServer } from "./support/stub-server.ts";
import { until } from "./support/wait.ts";

const test = suite("logging");
test.after.each(closeServers);

/** A logger that keeps its entries without their times. */
function keeping(): { entries: [level: string, entry: Record<string, unknown>][]; logger: Logger } {
  const entries: [string, Record<string, unknown>][] = [];
  const keep = (level: string) => (entry: LogEntry) => {
    const { ms, ...rest } = { ms: 0, ...entry };
    assert.ok(ms >= 0 && Number.isFinite(ms));
    entries.push([level, rest]);
  };
  return { entries, logger: { debug: keep("debug"), warn: keep("warn") } };
}

const busy: StubResponse = {
  status: 500,
  headers: { "x-amzn-errortype": "InternalServerException", "x-amzn-requestid": "id-1" },
  body: { Message: "busy" },
};
const slow: StubResponse = { ...busy, status: 429, headers: { "x-amzn-errortype": "ThrottlingException" } };
const page: StubResponse = { headers: { "x-amzn-requestid": "id-2" }, body: { ModelPackagingJobs: [] } };

for (const [path, way] of Object.entries(paths)) {
  test(`each attempt and each retry has an entry, over ${path}`, () =>
    withRandom(0, async () => {
      const server = await stubServer((_, index) => [busy, slow, page][index] as StubResponse);
      const { entries, logger } = keeping();
      await clientOf(server, { logger, ...way }).listModelPackagingJobs({ projectName, maxResults: 5 });
      await server.close();
      const url = `${server.url}/2020-11-20/projects/circuit-boards/modelpackagingjobs?maxResults=5`;
      const attempt = { event: "attempt", method: "GET", url };
      const failed = { ...attempt, status: 500, requestId: "id-1", error: "InternalServerException" };
      assert.equal(entries, [
        ["debug", { ...failed, attempt: 1 }],
        ["warn", { event: "retry", attempt: 1, because: "transient", delay: 0 }],
        ["debug", { ...attempt, attempt: 2, status: 429, requestId: undefined, error: "ThrottlingException" }],
        ["warn", { event: "retry", attempt: 2, because: "throttling", delay: 0 }],
        ["debug", { ...attempt, attempt: 3, status: 200, requestId: "id-2" }],
      ]);
    }));

  for (const [mode, error] of [
    ["connection refused", "ECONNREFUSED"],
    ["silent after the request", "TimeoutError"],
    ["200 with HTML", "unreadable"],
  ] as const)
    test(`giving up has an entry, for a server with ${mode}, over ${path}`, async () => {
      const server = await faultyServer(modes[mode]);
      const { entries, logger } = keeping();
      const client = clientOf(server, { logger, maxAttempts: 1, attemptTimeout: 100, ...way });
      await rejection(client.listModelPackagingJobs({ projectName }));
      await server.close();
      assert.equal(
        entries.map(([level, { event, because, error }]) => [level, event, because ?? error]),
        [
          ["debug", "attempt", error],
          ["warn", "giveUp", "attempts"],
        ],
      );
    });

  test(`an attempt that the caller aborts has an entry, over ${path}`, async () => {
    const server = await faultyServer(modes["silent after the request"]);
    const { entries, logger } = keeping();
    const controller = new AbortController();
    const { signal } = controller;
    const call = rejection(clientOf(server, { logger, ...way }).listModelPackagingJobs({ projectName }, { signal }));
    await until(() => server.requests.length === 1);
    controller.abort();
    await call;
    await server.close();
    assert.equal(
      entries.map(([level, { event, error }]) => [level, event, error]),
      [["debug", "attempt", "aborted"]],
    );
  });

  test(`User-Agent names the package, its version and Node's version, over ${path}`, async () => {
    const server = await stubServer(() => page);
    await clientOf(server, way).listModelPackagingJobs({ projectName });
    await server.close();
    assert.is(
      server.requests[0]?.headers["user-agent"],
      `lookout-packaging-jobs/${version} node/${process.versions.node}`,
    );
  });
}

test("a client without a logger writes nothing, and console may be the logger", async () => {
  const server = await stubServer(() => page);
  const lines: unknown[] = [];
  const { debug } = console;
  console.debug = (line: unknown) => lines.push(line);
  try {
    await clientOf(server).listModelPackagingJobs({ projectName });
    assert.equal(lines, []);
    const logger = console;
    const client = createClient({ region: "us-east-1", endpoint: server.url, credentials, logger });
    await client.listModelPackagingJobs({ projectName });
    assert.is(lines.length, 1);
  } finally {
    console.debug = debug;
    await server.close();
  }
});

test.run();
