/** Imports that are refused, and their error texts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ImportError, type ImportOptions, importInventory } from "../src/endpoint/inventory/index.ts";
import { openStore } from "../src/endpoint/stores/index.ts";
import type { Store } from "../src/endpoint/stores/store.ts";
import { stored } from "./support/endpoint-jobs.ts";
import { inTime } from "./support/wait.ts";

const folder = mkdtempSync(join(tmpdir(), "import-faults-"));
const test = suite<{ store: Store }>("an import");
test.before.each(async (context) => {
  context.store = await openStore(join(folder, `${Math.random()}.db`));
});
test.after.each(async ({ store }) => store.close());
test.after(() => rmSync(folder, { recursive: true }));

const job = (name: string) => ({ JobName: name, ProjectName: "boards" });

function run(store: Store, text: string, options: ImportOptions = {}) {
  return importInventory(store, [{ name: "saved.json", stream: Readable.from([Buffer.from(text)]) }], options);
}

async function refused(importing: Promise<unknown>): Promise<ImportError> {
  const error = await importing.then(
    () => assert.unreachable("the import went through"),
    (error) => error,
  );
  assert.instance(error, ImportError);
  assert.is(error.name, "ImportError");
  return error as ImportError;
}

async function names(store: Store): Promise<string[]> {
  const jobs = (await stored<{ JobName: string }>(store, "boards")) ?? [];
  return jobs.map(({ JobName }) => JobName);
}

const faulty: [what: string, record: unknown, field: string | undefined, rule: string, message: string][] = [
  ["no name", { ProjectName: "boards" }, "JobName", "required", "is missing"],
  ["a name that is null", { ProjectName: "boards", JobName: null }, "JobName", "required", "is missing"],
  ["no project", { JobName: "a" }, "ProjectName", "required", "is missing"],
  ["a name with a blank", { ...job("a b") }, "JobName", "pattern", 'must match ^[a-zA-Z0-9-]+$, not "a b"'],
  ["a name that is a number", { ...job("a"), JobName: 7 }, "JobName", "type", "must be of type string, not 7"],
  [
    "a name that is too long",
    job("a".repeat(65)),
    "JobName",
    "maxLength",
    `must have at most 64 characters, not "${"a".repeat(59)}…`,
  ],
  [
    "a project with a slash",
    { JobName: "a", ProjectName: "../x" },
    "ProjectName",
    "pattern",
    'must match ^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$, not "../x"',
  ],
  [
    "an unknown status",
    { ...job("a"), Status: "DONE" },
    "Status",
    "enum",
    'must be one of CREATED, RUNNING, SUCCEEDED, FAILED, not "DONE"',
  ],
  [
    "a version from 0",
    { ...job("a"), ModelVersion: "01" },
    "ModelVersion",
    "pattern",
    'must match ^([1-9][0-9]*|latest)$, not "01"',
  ],
  [
    "a time that is an object",
    { ...job("a"), CreationTimestamp: {} },
    "CreationTimestamp",
    "type",
    "must be epoch seconds, or an ISO 8601 time with its offset, not {}",
  ],
  [
    "a time beyond any date",
    { ...job("a"), CreationTimestamp: 1e13 },
    "CreationTimestamp",
    "format",
    "is beyond the end of time",
  ],
  [
    "a time in milliseconds",
    { ...job("a"), LastUpdatedTimestamp: 1694678400123 },
    "LastUpdatedTimestamp",
    "format",
    "looks like milliseconds; must be epoch seconds",
  ],
  ["a list", ["a"], undefined, "type", 'must be an object, not ["a"]'],
  ["null", null, undefined, "type", "must be an object, not null"],
  ["text", "a", undefined, "type", 'must be an object, not "a"'],
];
for (const [what, record, field, rule, message] of faulty) {
  test(`refuses ${what}, with its place`, async ({ store }) => {
    const text = JSON.stringify({ ModelPackagingJobs: [job("good"), record] }, null, 1).replace(/^ +/gm, "");
    const { report } = await refused(run(store, text));
    const line = 7;
    const fault = { file: "saved.json", record: 2, line, ...(field && { field }), rule, message };
    const counts = { read: 2, new: 0, updated: 0, unchanged: 0, refused: 1 };
    assert.equal(report, { ...counts, faults: [fault], lookalikes: 0, empty: [] });
    assert.equal(await names(store), []);
    assert.equal(await run(store, text, { keepGoing: true }), { ...report, new: 1 });
    assert.equal(await names(store), ["good"]);
  });
}

const nested = (depth: number, inmost: string) => `${"[".repeat(depth)}${inmost}${"]".repeat(depth)}`;
for (const [what, record] of [
  ["a record without a bottom", `{"JobName":"a","ProjectName":"boards","More":${nested(200_000, "null")}}`],
  ["a name without a bottom", `{"ProjectName":"boards","JobName":${nested(200_000, "")}}`],
  ["a page without a bottom in place of a record", `{"ModelPackagingJobs":[{"More":${nested(200_000, "null")}}]}`],
  ["a list without a bottom", nested(200_000, "")],
  ["a record of a level too many", `{"JobName":"a","ProjectName":"boards","More":${nested(200, "")}}`],
] as const)
  test(`refuses ${what}, with its place`, async ({ store }) => {
    const text = JSON.stringify({ ModelPackagingJobs: [job("good"), 0] }, null, 1).replace(/0/, record);
    const { report } = await refused(run(store, text));
    const message = "nests deeper than 200 levels";
    assert.equal(report?.faults, [{ file: "saved.json", record: 2, line: 7, rule: "json", message }]);
    assert.is((await run(store, text, { keepGoing: true })).new, 1);
  });

test("takes a record that nests as deep as is allowed", async ({ store }) => {
  const text = `{"JobName":"a","ProjectName":"boards","Nothing":null,"More":${nested(199, "")}}`;
  assert.is((await run(store, text)).new, 1);
});

test("takes a time in the year 9999", async ({ store }) => {
  const times = { CreationTimestamp: 253402300799, LastUpdatedTimestamp: "9999-12-31T23:59:59-12:00" };
  assert.is((await run(store, JSON.stringify({ ...job("a"), ...times }))).new, 1);
});

const list = "ModelPackagingJobs";
for (const [what, value, field, rule, message] of [
  [
    "a list of one, as converters of XML write it",
    { [list]: job("a") },
    list,
    "type",
    'must be of type array, not {"JobName":"a",',
  ],
  [
    "a list that is a number, on a page with a token",
    { [list]: 5, NextToken: "a" },
    list,
    "type",
    "must be of type array, not 5",
  ],
  [
    "a job with a token and no name",
    { ProjectName: "boards", Status: "FAILED", NextToken: "a" },
    "JobName",
    "required",
    "is missing",
  ],
  [
    "a job with metadata and no name",
    { ProjectName: "boards", ResponseMetadata: {} },
    "JobName",
    "required",
    "is missing",
  ],
  [
    "a job with a list and no name",
    { CreationTimestamp: 1, ProjectName: "boards", [list]: {} },
    "JobName",
    "required",
    "is missing",
  ],
] as const)
  for (const [where, text, place] of [
    ["by itself", JSON.stringify(value), {}],
    ["on a line", `${JSON.stringify(job("good"))}\n${JSON.stringify(value)}`, { record: 2, line: 2 }],
    ["in place of a record", JSON.stringify({ [list]: [job("good"), { [list]: [value] }] }), { record: 2 }],
  ] as const)
    test(`refuses ${what}, ${where}, with its place`, async ({ store }) => {
      const { report } = await refused(run(store, text));
      const [fault] = report?.faults ?? [];
      assert.is(report?.refused, 1);
      assert.equal(
        { ...fault, message: fault?.message.slice(0, message.length) },
        { file: "saved.json", record: 1, line: 1, ...place, field, rule, message },
      );
    });

test("refuses a job that has a page's list: its other members would be dropped", async ({ store }) => {
  for (const member of ["JobName", "CreationTimestamp", "LastUpdatedTimestamp"]) {
    const text = JSON.stringify({ ProjectName: "boards", [member]: 1, [list]: [job("a")] });
    const { report } = await refused(run(store, text));
    const message = "stands beside ModelPackagingJobs, a page's list";
    assert.equal(report?.faults, [
      { file: "saved.json", line: 1, field: member, rule: "additionalProperties", message },
    ]);
  }
});

test("parses pages nested in pages once", async ({ store }) => {
  const depth = 90;
  const jobs = Array.from({ length: 500 }, (_, at) => job(`a${at}`));
  let page: object = { [list]: jobs };
  for (let at = 1; at < depth; at++) page = { [list]: [page] };
  const text = JSON.stringify(page);
  const { parse } = JSON;
  let parsed = 0;
  JSON.parse = (text, reviver) => {
    parsed += text.length;
    return parse(text, reviver);
  };
  try {
    assert.is((await run(store, text)).new, jobs.length);
  } finally {
    JSON.parse = parse;
  }
  assert.ok(parsed < 2 * text.length, `${parsed} characters parsed of ${text.length}`);
});

test("names the first faults in its error, and how many there are", async ({ store }) => {
  const records = [job("a"), job("b c"), ...Array.from({ length: 8 }, () => ({ JobName: "d" })), job("e")];
  const { message } = await refused(run(store, records.map((record) => JSON.stringify(record)).join("\n")));
  assert.is(
    message,
    `Nothing was imported: of 11 records, 9 cannot be.
  saved.json, record 2 (line 2): JobName must match ^[a-zA-Z0-9-]+$, not "b c"
  saved.json, record 3 (line 3): ProjectName is missing
  saved.json, record 4 (line 4): ProjectName is missing
  saved.json, record 5 (line 5): ProjectName is missing
  saved.json, record 6 (line 6): ProjectName is missing
  …`,
  );
});

test("reports every fault of a record", async ({ store }) => {
  const { report } = await refused(run(store, '{"JobName":"a b","Status":"X","LastUpdatedTimestamp":"now"}'));
  assert.is(report?.refused, 1);
  assert.equal(report?.faults.map(({ field }) => field).sort(), [
    "JobName",
    "LastUpdatedTimestamp",
    "ProjectName",
    "Status",
  ]);
});

test("counts all faults, and keeps a thousand", async ({ store }) => {
  const report = await run(store, '{"JobName":"a"}\n'.repeat(3000), { keepGoing: true });
  assert.is(report.refused, 3000);
  assert.is(report.faults.length, 1000);
});

test("numbers records file by file", async ({ store }) => {
  const source = (name: string, count: number) => {
    const text = JSON.stringify([...Array(count - 1).fill(job("a")), {}]);
    return { name, stream: Readable.from([Buffer.from(text)]) };
  };
  const { report } = await refused(importInventory(store, [source("first", 3), source("second", 2)]));
  assert.equal(
    report?.faults.map(({ file, record, field }) => [file, record, field]),
    [
      ["first", 3, "ProjectName"],
      ["first", 3, "JobName"],
      ["second", 2, "ProjectName"],
      ["second", 2, "JobName"],
    ],
  );
});

const good = JSON.stringify(job("good"));
const broken: [what: string, text: string, place: string, goodRecords: number][] = [
  [
    "a line without its end",
    `${good}\n{"JobName":"a\n${good}`,
    "record 2 (line 2): is not JSON: Unterminated string",
    1,
  ],
  [
    "a line without a comma",
    `${good}\n{"JobName":"a" "b":1}\n`,
    "record 2 (line 2): is not JSON: Expected ',' or '}'",
    1,
  ],
  ["a first line without its end", `{"JobName":"a\n${good}`, "line 1: A string does not end", 0],
  [
    "a bracket that is missing",
    `{"ModelPackagingJobs":[\n${good},\n{"JobName":"a"\n`,
    "line 3: The file ends before the value that begins here does",
    1,
  ],
  ["a list that does not end", `[\n${good},`, "line 1: The file ends before the list that begins here does", 1],
  [
    "a page that does not end",
    `\n{"ModelPackagingJobs":\n[${good}]`,
    "line 2: The file ends before the value that begins here does",
    1,
  ],
  ["no comma in a list", `[${good}\n${good}]`, "line 2: A comma is missing between two elements of a list", 1],
  ["a comma before the end of a list", `[${good},\n]`, "line 2: A comma stands before the end of a list", 1],
  [
    "a bad member of a page",
    `{"ModelPackagingJobs":[${good}],"NextToken":x}`,
    "line 1: The page is not JSON: Unexpected token",
    1,
  ],
  ["a bad member of a record", `[{"JobName":x},\n${good}]`, "record 1 (line 1): is not JSON: Unexpected token", 1],
  ["HTML", "<html>\n<body>", "line 1: This is not JSON: <html>", 0],
  ["CSV", "JobName,Status\na,FAILED", "line 1: This is not JSON: JobName", 0],
  ["a bracket too many", `${good}}`, "line 1: This is not JSON: }", 1],
];
for (const [what, text, place, goodRecords] of broken) {
  test(`finds ${what}, with its line`, async ({ store }) => {
    const { message, report } = await refused(run(store, text));
    assert.match(message, `saved.json, ${place}`);
    assert.is(report?.refused, 1);
    assert.equal(await names(store), []);
    const kept = await run(store, text, { keepGoing: true });
    assert.is(kept.read - kept.refused, goodRecords + (what === "a line without its end" ? 1 : 0));
  });
}

test("gives up a record without an end after a megabyte", async ({ store }) => {
  let sent = 0;
  const endless = new Readable({
    read() {
      sent++;
      this.push(Buffer.from(`${sent === 1 ? "{" : ""}"key":"${"value".repeat(10_000)}",`));
      if (sent > 1000) this.push(null);
    },
  });
  const { message } = await refused(importInventory(store, [{ name: "endless", stream: endless }]));
  assert.match(message, "endless, line 1: The value that begins here does not end within 1048576 bytes");
  assert.ok(sent < 50, "the rest was read all the same");
});

test("never takes an inventory that was cut off for a whole one", async () => {
  const store = await openStore();
  const jobs = ["a", "b", "c"].map(job);
  const texts = [
    JSON.stringify({ ModelPackagingJobs: jobs, NextToken: "x" }),
    JSON.stringify({ ModelPackagingJobs: jobs }, null, 2),
    JSON.stringify([{ ModelPackagingJobs: jobs }]),
    JSON.stringify(jobs, null, 2),
  ];
  for (const text of texts) {
    for (let end = 1; end < text.length; end++) await refused(run(store, text.slice(0, end)));
  }
  assert.equal(await names(store), []);
});

test("takes or refuses any text at all", async () => {
  const store = await openStore();
  const part = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "\n",
    " ",
    "1",
    "null",
    "é",
    good,
    '"ModelPackagingJobs":',
  );
  const property = fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.boolean(), async (parts, keepGoing) => {
    try {
      const report = await run(store, parts.join(""), { keepGoing });
      assert.is(report.read, report.new + report.updated + report.unchanged + report.refused);
    } catch (error) {
      assert.instance(error, ImportError);
      assert.not(keepGoing);
    }
  });
  await fc.assert(property, { numRuns: 2000 });
});

test("names a file that cannot be read, and keeps nothing", async ({ store }) => {
  const path = join(folder, "good.json");
  writeFileSync(path, good);
  const missing = join(folder, "missing.json");
  const options = { keepGoing: true };
  const { message, cause } = await refused(importInventory(store, [path, missing], options));
  assert.is(message, `Cannot read ${missing}: ENOENT: no such file or directory. Nothing was imported.`);
  assert.is((cause as NodeJS.ErrnoException).code, "ENOENT");
  const directory = await refused(importInventory(store, [path, folder]));
  assert.match(directory.message, `Cannot read ${folder}: EISDIR`);
  assert.equal(await names(store), []);
});

test("refuses text that is not UTF-8, and replaces no letter", async ({ store }) => {
  const latin1 = Buffer.from(`${good}\n${JSON.stringify({ ...job("a"), StatusMessage: "café au lait" })}\n`, "latin1");
  const cut = Buffer.from(`${good}\n"é`).subarray(0, -1);
  for (const bytes of [latin1, cut]) {
    const source = { name: "saved.json", stream: Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]) };
    const { message, report } = await refused(importInventory(store, [source], { keepGoing: true }));
    assert.is(message, "Cannot read saved.json: it is not in UTF-8. Nothing was imported.");
    assert.is(report, undefined);
  }
  assert.equal(await names(store), []);
});

test("refuses a bad project name for the file before anything is read", async ({ store }) => {
  const { message } = await refused(importInventory(store, ["missing.json"], { collection: "a/b" }));
  assert.is(message, 'ProjectName must match ^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$, not "a/b".');
});

test("reports its progress", async ({ store }) => {
  const told: unknown[] = [];
  const stream = Readable.from([`${good}\n`, '{"JobName":"b"}\n'].map((line) => Buffer.from(line)));
  const onProgress = (progress: unknown) => told.push(progress);
  await importInventory(store, [{ name: "piped", stream }], { keepGoing: true, onProgress });
  assert.equal(told.at(-1), { file: "piped", bytes: good.length + 17, read: 2, refused: 1 });
  assert.ok(told.length > 1);
});

test("rejects with the reason of an abort, and keeps nothing", async ({ store }) => {
  const reason = new Error("enough");
  const endless = new PassThrough();
  endless.write(`${good}\n${good}\n`);
  const controller = new AbortController();
  const importing = importInventory(store, [{ name: "endless", stream: endless }], {
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  assert.is(await importing.catch((error) => error), reason);
  assert.is(endless.destroyed, true);
  const early = importInventory(store, ["missing.json"], { signal: AbortSignal.abort(reason) });
  assert.is(await early.catch((error) => error), reason);
  assert.equal(await names(store), []);
});

test("rejects with the reason of an abort while it waits for another import", async () => {
  const path = join(folder, "shared.db");
  const [one, two] = [await openStore(path), await openStore(path)];
  const reason = new Error("enough");
  const controller = new AbortController();
  const { signal } = controller;
  const outcome = await one.write(async () => {
    const importing = importInventory(two, [path], { signal }).catch((error) => error);
    controller.abort(reason);
    return inTime(importing);
  });
  assert.is(outcome, reason);
  await two.close();
  await one.close();
});

test.run();
