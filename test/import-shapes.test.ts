/** Every shape in which inventories were saved, and the times in them. */
import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type ImportOptions,
  type ImportReport,
  importInventory,
  registerCollection,
} from "../src/endpoint/inventory/index.ts";
import { openStore } from "../src/endpoint/stores/index.ts";
import { rankOf, type Store } from "../src/endpoint/stores/store.ts";
import { microseconds } from "../src/iso-time.ts";
import { stored } from "./support/endpoint-jobs.ts";

/** Jobs in wire form, newest first: every shape below holds them. */
const jobs = [
  {
    JobName: "pack-3",
    ProjectName: "boards",
    ModelVersion: "latest",
    ModelPackagingJobDescription: "Line 7, second shift; why? (it's new)",
    ModelPackagingMethod: "GreengrassV2",
    Status: "FAILED",
    StatusMessage: 'No access to "s3://bucket/{key" [403 – größer é \\',
    CreationTimestamp: 1636049730.123456,
    LastUpdatedTimestamp: 1636049999.5,
  },
  {
    JobName: "pack-2",
    ProjectName: "boards",
    ModelVersion: "2",
    Status: "SUCCEEDED",
    CreationTimestamp: 1636046130.000001,
    LastUpdatedTimestamp: 1636046430,
  },
  { JobName: "pack-1", ProjectName: "boards", Status: "RUNNING", CreationTimestamp: 1636042530 },
  { JobName: "pack-0", ProjectName: "boards" },
];

/** The jobs with their times as text. */
function dated(print: (seconds: number) => string): object[] {
  return jobs.map((job) =>
    Object.fromEntries(
      Object.entries(job).map(([key, value]) => [key, typeof value === "number" ? print(value) : value]),
    ),
  );
}

/** ISO 8601 to the microsecond, at an offset in hours. */
function iso(seconds: number, hours: number, offset: string, separator = "T"): string {
  const local = new Date((Math.floor(seconds) + hours * 3600) * 1000).toISOString().slice(0, 19);
  const micros = Math.round((seconds - Math.floor(seconds)) * 1e6);
  const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`;
  return local.replace("T", separator) + fraction + offset;
}

const cli2 = dated((seconds) => iso(seconds, -7, "-07:00"));
const boto3 = dated((seconds) => iso(seconds, 0, "+00:00", " "));
const metadata = { httpStatusCode: 200, requestId: "3f6b2a1e", attempts: 1, totalRetryDelay: 0 };
const lines = (list: object[]) => list.map((job) => JSON.stringify(job)).join("\n");
const half = { ModelPackagingJobs: jobs.slice(0, 2), NextToken: "a/b+c=" };
const rest = { ModelPackagingJobs: jobs.slice(2) };

const shapes: Record<string, string> = {
  "a page of the API": JSON.stringify({ ModelPackagingJobs: jobs, NextToken: "abc" }),
  "AWS CLI v1": JSON.stringify({ ModelPackagingJobs: jobs }, null, 4),
  "AWS CLI v2": JSON.stringify({ ModelPackagingJobs: cli2 }, null, 4),
  "a boto3 dump": JSON.stringify({
    ResponseMetadata: { RequestId: "3f6b", HTTPHeaders: { "content-type": "application/json" }, RetryAttempts: 0 },
    ModelPackagingJobs: boto3,
  }),
  "a boto3 dump with the T": JSON.stringify({ ModelPackagingJobs: dated((s) => iso(s, 5.5, "+0530")) }),
  "the output of the JavaScript SDK": JSON.stringify({ $metadata: metadata, ModelPackagingJobs: jobs }),
  "a page of this package's client": JSON.stringify({ ModelPackagingJobs: jobs, requestId: "3f6b" }, null, 2),
  "a page whose list stands between other members": JSON.stringify({
    a: [[]],
    ModelPackagingJobs: jobs,
    b: { ModelPackagingJobs: [{}] },
  }),
  "a list of pages": JSON.stringify([half, rest]),
  "a printed list of pages": JSON.stringify([half, rest], null, 2),
  "pages one after another": JSON.stringify(half) + JSON.stringify(rest),
  "a page a line": lines([half, rest]),
  "a page a line, the first of them empty": lines([{ ModelPackagingJobs: [] }, { NextToken: "a" }, half, rest]),
  "jobs and pages, each on a line": lines([jobs[0]!, { ModelPackagingJobs: jobs.slice(1, 3) }, jobs[3]!]),
  "printed pages one after another": `${JSON.stringify(half, null, 4)}\n${JSON.stringify(rest, null, 4)}\n`,
  "a list of jobs": JSON.stringify(jobs),
  "a printed list of jobs": JSON.stringify(jobs, null, "\t"),
  "a job a line": `${lines(jobs)}\n`,
  "a job a line, the last line without its end": lines(jobs),
  "a job a line from Windows, with empty lines": `\r\n${lines(jobs).replaceAll("\n", "\r\n\r\n")}\r\n`,
  "jobs one after another": jobs.map((job) => JSON.stringify(job)).join(""),
  "printed jobs one after another": jobs.map((job) => JSON.stringify(job, null, 2)).join("\n"),
  "printed without indentation": JSON.stringify({ ModelPackagingJobs: jobs }, null, 1).replace(/^ +/gm, ""),
  "null for what is missing": JSON.stringify({
    ModelPackagingJobs: jobs.map((job) => ({ StatusMessage: null, LastUpdatedTimestamp: null, ...job })),
    NextToken: null,
  }),
  "text with escapes": JSON.stringify({ ModelPackagingJobs: jobs }).replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
};

const test = suite<{ store: Store }>("an import");
test.before.each(async (context) => {
  context.store = await openStore();
});

function importText(
  store: Store,
  text: string | Buffer,
  options: ImportOptions = {},
  step?: number,
): Promise<ImportReport> {
  const bytes = Buffer.from(text as string);
  const size = step ?? bytes.length;
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  return importInventory(store, [{ name: "saved.json", stream: Readable.from(chunks) }], options);
}

const allNew = { read: 4, new: 4, updated: 0, unchanged: 0, refused: 0, faults: [], lookalikes: 0, empty: [] };

for (const [name, saved] of Object.entries(shapes)) {
  test(`takes ${name}, in pieces of any size`, async () => {
    for (const step of [undefined, 1, 2, 3, 7, 64]) {
      const store = await openStore();
      assert.equal(await importText(store, saved, {}, step), allNew);
      assert.equal(await stored(store, "boards"), jobs);
    }
  });
}

test("takes a file with a byte order mark, and UTF-16 as PowerShell writes it", async () => {
  const text = shapes["AWS CLI v2"]!;
  const utf8 = Buffer.from(`\ufeff${text}`);
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  for (const bytes of [utf8, utf16]) {
    for (const step of [undefined, 1, 5]) {
      const store = await openStore();
      assert.equal(await importText(store, bytes, {}, step), allNew);
      assert.equal(await stored(store, "boards"), jobs);
    }
  }
});

test("knows the same jobs in every shape", async ({ store }) => {
  await importText(store, shapes["a page of the API"]!);
  for (const text of Object.values(shapes)) {
    assert.equal(await importText(store, text), { ...allNew, new: 0, unchanged: 4 });
  }
});

test("takes a job saved with milliseconds for another one than with microseconds, and reports it", async ({
  store,
}) => {
  await importText(store, lines(jobs));
  // The JavaScript SDK knows milliseconds only.
  const milliseconds = dated((seconds) => new Date(seconds * 1000).toISOString());
  assert.equal(await importText(store, lines(milliseconds)), { ...allNew, new: 2, unchanged: 2, lookalikes: 2 });
  assert.is((await stored(store, "boards"))?.length, 6);
});

test("reads standard input", async () => {
  const child = fileURLToPath(new URL("support/import-child.ts", import.meta.url));
  const args = ["--no-warnings", "--import", "tsx", child, ":memory:", "boards", "-"];
  const importing = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  importing.stdin.end(shapes["AWS CLI v2"]);
  const printed = await text(importing.stdout);
  const { length } = Buffer.from(shapes["AWS CLI v2"]!);
  assert.match(printed, `${length}\ndone\n`);
});

test("reads several sources", async ({ store }) => {
  const source = (name: string, text: string) => ({ name, stream: Readable.from([Buffer.from(text)]) });
  const report = await importInventory(store, [
    source("first.json", JSON.stringify(half)),
    source("empty.json", ""),
    source("blank.json", " \n\n"),
    source("all.json", lines(jobs)),
  ]);
  assert.equal(report, { ...allNew, read: 6, unchanged: 2, empty: ["empty.json", "blank.json"] });
});

test("keeps the later change, in whatever order the files come", async () => {
  const earlier = { ...jobs[2], LastUpdatedTimestamp: 1636042600.001 };
  const later = { ...jobs[2], LastUpdatedTimestamp: 1636042600.002, Status: "SUCCEEDED" };
  for (const files of [
    [earlier, later],
    [later, earlier],
    [jobs[2], earlier, later, earlier],
  ]) {
    const store = await openStore();
    for (const job of files) await importText(store, JSON.stringify(job));
    assert.equal(await stored(store, "boards"), [later]);
  }
});

test("keeps members that the contract does not know", async ({ store }) => {
  const job = { JobName: "a", ProjectName: "boards", Configuration: { Greengrass: { Tags: [{ Key: "k" }] } } };
  await importText(store, JSON.stringify({ ModelPackagingJobs: [job] }));
  assert.equal(await stored(store, "boards"), [job]);
});

test("puts jobs that name no project into the one that is given", async ({ store }) => {
  const text = JSON.stringify({ ModelPackagingJobs: [{ JobName: "a" }, { JobName: "b", ProjectName: "cables" }] });
  await importText(store, text, { collection: "boards" });
  assert.equal(await stored(store, "boards"), [{ JobName: "a", ProjectName: "boards" }]);
  assert.equal(await stored(store, "cables"), [{ JobName: "b", ProjectName: "cables" }]);
});

test("registers the project that is given for an empty page", async () => {
  for (const page of [
    '{"ModelPackagingJobs": []}',
    '{"ModelPackagingJobs": null}',
    '{"$metadata":{}}',
    '{"NextToken":""}',
  ]) {
    const store = await openStore();
    const none = { ...allNew, read: 0, new: 0 };
    assert.equal(await importText(store, page), none);
    assert.equal(await importText(store, page, { collection: "boards" }), none);
    assert.equal(await stored(store, "boards"), []);
  }
});

test("registers a project by its name alone", async ({ store }) => {
  await registerCollection(store, "boards");
  assert.equal(await stored(store, "boards"), []);
  const refused = await registerCollection(store, "../boards").catch((error) => error);
  assert.is(refused.name, "ImportError");
  assert.is(refused.message, 'ProjectName must match ^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$, not "../boards".');
});

const times: [text: string, seconds: number][] = [
  ["2021-11-04T18:15:30Z", 1636049730],
  ["2021-11-04T18:15:30.5Z", 1636049730.5],
  ["2021-11-04T18:15:30.123456Z", 1636049730.123456],
  ["2021-11-04T18:15:30.123456789Z", 1636049730.123457],
  ["2021-11-04T18:15:30.000001+00:00", 1636049730.000001],
  ["2021-11-04 18:15:30.123456+00:00", 1636049730.123456],
  ["2021-11-04T11:15:30.123456-07:00", 1636049730.123456],
  ["2021-11-05T00:00:30.123456+0545", 1636049730.123456],
  ["2020-02-29T23:59:59.999999-00:30", 1583022599.999999],
  ["1969-12-31T23:59:59.25Z", -0.75],
  ["2021-11-04T18:15Z", 1636049700],
  ["0021-11-04T18:15:30Z", -61477854270],
  ["9999-12-31T23:59:59.999999Z", 253402300799.99997],
  ["253402344000", 253402344000],
];
for (const [text, seconds] of times) {
  test(`reads ${text} as ${seconds}`, async ({ store }) => {
    const job = { JobName: "a", ProjectName: "boards", CreationTimestamp: text };
    await importText(store, JSON.stringify([job, { ...job, JobName: "b" }]));
    const page = await store.page("boards", { limit: 1 });
    assert.is(JSON.parse(Buffer.from(page!.bodies).toString()).CreationTimestamp, seconds);
    assert.is(page!.last!.rank, rankOf(microseconds(seconds)));
  });
}

const noTimes = [
  "2021-11-04T18:15:30",
  "2021-11-04",
  "2021-02-30T00:00:00Z",
  "2021-11-04T24:00:00Z",
  "2021-13-01T00:00:00Z",
  "2021-00-10T00:00:00Z",
  "2021-01-00T00:00:00Z",
  "2021-11-04T18:15:60Z",
  "2021-11-04T18:61:00Z",
  "2021-11-04T18Z",
  "1636049730",
  "yesterday",
  "",
];
for (const text of noTimes) {
  test(`takes "${text}" for no time`, async ({ store }) => {
    const job = { JobName: "a", ProjectName: "boards", LastUpdatedTimestamp: text };
    const error = await importText(store, JSON.stringify(job)).catch((error) => error);
    assert.is(error.name, "ImportError");
    assert.match(
      error.message,
      `saved.json, record 1 (line 1): LastUpdatedTimestamp must be epoch seconds, or an ISO 8601 time with its offset, not "${text}"`,
    );
  });
}

test.run();
