/** `list` without a terminal: each output format, and the streaming of long listings. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, openStore, serve } from "../src/endpoint/index.ts";
import { command, credentials, ended, environment, golden, pasted, run, serveFixture, start } from "./support/cli.ts";
import { putJobs } from "./support/endpoint-jobs.ts";
import { closeServers } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const P = ["--project-name", "circuit-boards"];
const FAILED = "ModelPackagingJobs[?Status=='FAILED']";
const PAIRS = "ModelPackagingJobs[].[JobName, Status]";

let endpoint: Endpoint;
const formats = suite("output formats");
formats.before(async () => {
  endpoint = await serveFixture();
});
formats.after(() => endpoint.close());
const list = (...args: string[]) => run(["list", ...P, ...args], { env: pasted(endpoint) });

for (const [file, args] of [
  ["table.txt", ["--output", "table"]],
  ["table-query.txt", ["--output", "table", "--query", `${FAILED}.{Job: JobName, Why: StatusMessage}`]],
  ["table-pairs.txt", ["--output", "table", "--query", PAIRS, "--max-items", "2"]],
  ["csv.csv", ["--output", "csv"]],
  ["csv-query.csv", ["--output", "csv", "--page-size", "5", "--query", `${FAILED}.{Job: JobName, Why: StatusMessage}`]],
  ["csv-pairs.csv", ["--output", "csv", "--query", PAIRS]],
  ["ndjson.ndjson", ["--output", "ndjson", "--page-size", "7"]],
  ["ndjson-query.ndjson", ["--output", "ndjson", "--page-size", "7", "--query", "ModelPackagingJobs[].JobName"]],
] as const)
  formats(args.slice(1).join(" "), async () => {
    const { code, stdout } = await list(...args);
    assert.is(code, 0);
    await golden(file, stdout);
  });

formats("json is the default in a pipe", async () => {
  const [plain, json] = await Promise.all([list(), list("--output", "json")]);
  assert.is(plain.stdout, json.stdout);
});

formats("a listing that prints nothing says so", async () => {
  const printed = async (...args: string[]) => {
    const { stdout, stderr } = await run(["list", ...args], { env: pasted(endpoint) });
    return [stdout, stderr];
  };
  const none = "No packaging jobs in empty.\n";
  const header =
    "JobName,ProjectName,ModelVersion,ModelPackagingJobDescription,ModelPackagingMethod,Status,StatusMessage,CreationTimestamp,LastUpdatedTimestamp\n";
  const empty = ["--project-name", "empty", "--output"];
  assert.equal(await Promise.all(["table", "csv", "ndjson", "text", "off"].map((name) => printed(...empty, name))), [
    [none, ""],
    [header, none],
    ["", none],
    ["", none],
    ["", ""],
  ]);
  const picksNothing = ["", "The query picks nothing from 24 jobs.\n"];
  const query = ["--query", "ModelPackagingJobs[?JobName=='nobody']"];
  assert.equal(
    await Promise.all(["table", "csv", "ndjson", "text"].map((name) => printed(...P, "--output", name, ...query))),
    [picksNothing, picksNothing, picksNothing, picksNothing],
  );
  assert.equal(await printed(...P, "--output", "off"), ["", ""]);
});

formats("a cell of csv is no formula, unless it is to be one", async () => {
  const texts = [
    "=1+1",
    "+1",
    "-1.5",
    "-x",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "a=1",
    "'=1",
    '=HYPERLINK("http://x","y")',
  ];
  const jobs = texts.map((StatusMessage) => ({ StatusMessage }));
  const pages = await stubServer(() => ({ body: { ModelPackagingJobs: jobs } }));
  const env = { ...pasted(endpoint), AWS_ENDPOINT_URL_LOOKOUTVISION: pages.url };
  const csv = async (...args: string[]) =>
    (await run(["list", ...P, "--output", "csv", "--query", "ModelPackagingJobs[].[StatusMessage]", ...args], { env }))
      .stdout;
  assert.is(
    await csv(),
    `'=1+1\n+1\n-1.5\n'-x\n'@SUM(A1)\n'\t=1\n"'\r=1"\n'＝1\na=1\n'=1\n"'=HYPERLINK(""http://x"",""y"")"\n`,
  );
  assert.is(
    await csv("--keep-formulas"),
    `=1+1\n+1\n-1.5\n-x\n@SUM(A1)\n\t=1\n"\r=1"\n＝1\na=1\n'=1\n"=HYPERLINK(""http://x"",""y"")"\n`,
  );
  const { stdout } = await run(["list", ...P, "--output", "csv"], { env });
  assert.match(stdout, "\n,,,,,,'@SUM(A1),,\n");
  await pages.close();
});

formats("a closed standard output is an error, and a discarded one is none", async () => {
  const env = { ...environment, ...pasted(endpoint) };
  const shell = (redirection: string) =>
    ended(
      spawn("/bin/sh", ["-c", `"$0" "$@" ${redirection}`, process.execPath, command, "list", ...P], {
        env,
        stdio: "pipe",
      }),
    );
  const { code, stderr } = await shell(">/dev/null");
  assert.is(stderr, "");
  assert.is(code, 0);
  // The closed output is found by /proc, which only Linux has.
  if (!existsSync("/proc/self/fdinfo")) return;
  const closed = await shell(">&-");
  assert.match(closed.stderr, "Standard output is closed");
  assert.is(closed.code, 255);
});

formats("a token that has no place on stdout is told on stderr, and goes on right there", async () => {
  const page = ["--output", "ndjson", "--page-size", "7"];
  const first = await list(...page, "--max-items", "10");
  const [, token = ""] = /^There are more: --starting-token (\S+)\n$/.exec(first.stderr) ?? [];
  // Also with smaller pages than the one that was cut: the AWS CLI repeats jobs then.
  const rest = await list("--output", "ndjson", "--page-size", "2", "--starting-token", token);
  assert.is(first.stdout + rest.stdout, (await list(...page)).stdout);
});

formats("one page tells that there are more, in any format", async () => {
  const store = await openStore();
  await putJobs(store, "circuit-boards", 101);
  const endpoint = await serve({ store, credentials });
  const page = (format: string) => run(["list", ...P, "--no-paginate", "--output", format], { env: pasted(endpoint) });
  const ends: Readonly<Record<string, RegExp>> = {
    json: /,\n {4}"NextToken": "[A-Za-z0-9+/=]+"\n}\n$/,
    text: /^[A-Za-z0-9+/=]+\nMODELPACKAGINGJOBS\t/,
    table: /\nThere are more: --starting-token [A-Za-z0-9+/=]+\n$/,
    csv: /\nThere are more: --starting-token [A-Za-z0-9+/=]+\n$/,
    ndjson: /\nThere are more: --starting-token [A-Za-z0-9+/=]+\n$/,
  };
  await Promise.all(
    Object.entries(ends).map(async ([format, end]) => {
      const { stdout, stderr } = await page(format);
      assert.match(stdout + stderr, end, format);
    }),
  );
  await endpoint.close();
});

formats("a raw token of the service is taken, too", async () => {
  const page = JSON.parse((await list("--max-items", "5", "--page-size", "5")).stdout);
  const { NextToken } = JSON.parse(Buffer.from(page.NextToken, "base64").toString());
  const names = ["--output", "text", "--query", "ModelPackagingJobs[].JobName"];
  const [all, rest] = await Promise.all([list(...names), list(...names, "--starting-token", NextToken)]);
  assert.is(rest.stdout, all.stdout.split("\t").slice(5).join("\t"));
});
formats.after(closeServers);
formats.run();

const long = suite("a long listing");
const COUNT = 30_000;
let many: Endpoint;
let answered = 0;
long.before(async () => {
  const store = await openStore();
  await putJobs(store, "circuit-boards", COUNT);
  many = await serve({ store, credentials, logger: { info: () => answered++, error: () => {} } });
});
long.after(() => many.close());

for (const format of ["ndjson", "csv", "table"] as const)
  long(`streams as ${format}, in less memory than it is long`, async () => {
    // In MB. With json, which keeps the whole listing, the same listing does not fit.
    const env = { ...pasted(many), NODE_OPTIONS: "--max-old-space-size=14" };
    const child = start(["list", ...P, "--output", format], { env });
    answered = 0;
    let pagesAtFirst = 0;
    child.stdout.once("data", () => {
      pagesAtFirst = answered;
    });
    const { stdout, code } = await ended(child);
    assert.is(code, 0);
    const others = { ndjson: 1, csv: 2, table: 4 };
    assert.is(stdout.split("\n").length, COUNT + others[format]);
    assert.ok(pagesAtFirst < answered / 2, "the first page is printed long before the last is answered");
  });

long("is one JSON text", async () => {
  const { stdout } = await run(["list", ...P], { env: pasted(many) });
  const { ModelPackagingJobs: jobs } = JSON.parse(stdout);
  assert.is(new Set(jobs.map(({ JobName }: { JobName: string }) => JobName)).size, COUNT);
  assert.is(stdout, `${JSON.stringify({ ModelPackagingJobs: jobs }, null, 4)}\n`);
});

long("ends quietly when its reader has enough", async () => {
  const env = { ...environment, ...pasted(many) };
  const line = `"$0" "$@"; echo "exit code $?" >&2`;
  const shell = ["-c", `(${line}) | head -n 2`, process.execPath, command, "list", ...P, "--output", "ndjson"];
  const { stdout, stderr } = await ended(spawn("/bin/sh", shell, { env, stdio: "pipe" }));
  assert.is(stdout.split("\n").length, 3);
  assert.is(stderr, "exit code 0\n");
});

long("does not outrun a reader that is stuck, and can be interrupted all the same", async () => {
  const job = { JobName: "job", StatusMessage: "x".repeat(2000) };
  const pages = await stubServer((_, index) => ({
    body: { ModelPackagingJobs: Array(100).fill(job), NextToken: `page${index}` },
  }));
  const env = { ...pasted(many), AWS_ENDPOINT_URL_LOOKOUTVISION: pages.url };
  const child = start(["list", ...P, "--output", "ndjson"], { env });
  const exit = once(child, "exit");
  let asked = 0;
  do {
    asked = pages.requests.length;
    await Promise.race([sleep(1000), exit]);
  } while (asked === 0 || (asked < pages.requests.length && pages.requests.length < 100));
  child.kill("SIGINT");
  const [code] = await Promise.race([exit, sleep(5000, ["it still runs"])]);
  child.kill("SIGKILL");
  await pages.close();
  assert.is(pages.requests.length, asked);
  assert.ok(asked > 0 && asked < 10, `${asked} pages were asked for though nobody reads`);
  assert.is(code, 130);
});

long("interrupted ends with 130", async () => {
  const child = start(["list", ...P, "--output", "ndjson"], { env: pasted(many) });
  child.stdout.once("data", () => child.kill("SIGINT"));
  const { code, stderr } = await ended(child);
  assert.is(stderr, "");
  assert.is(code, 130);
});
long.run();
