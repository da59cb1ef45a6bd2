/** The benchmark works and prints every figure. No test fails on a time. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { run } from "../scripts/tools.ts";

interface Report {
  readonly machine: Readonly<Record<string, unknown>>;
  readonly tables: readonly { title: string; columns: string[]; rows: (string | number | Summary)[][] }[];
  readonly goals: readonly { figure: string; value: number | Summary; most?: number; least?: number }[];
}

interface Summary {
  readonly best: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Every figure with a target. Sizes in the names differ between the forms of the benchmark. */
const FIGURES = [
  /^CPU per page against the floor, one after another$/,
  /^CPU per page against the floor, 50 at once$/,
  /^pages per second against the floor, one after another$/,
  /^pages per second against the SDK, 50 at once$/,
  /^a whole listing, .* the SDK's paginator$/,
  /^first page of a cold process against the SDK$/,
  /^heap over \d+ pages/,
  /^ndjson of \d+ jobs against `for await`$/,
  /^client bundled, gzip/,
  /^endpoint at \d+ connections, .* asked for again$/,
  /^endpoint at \d+ connections, .* every page another$/,
  /^a page at the end of \d+ jobs against the first$/,
  /^import of \d+ jobs against bare inserts$/,
  /^resident memory of that import/,
];
const PEERS = [
  ...[
    "the floor",
    "lookout-packaging-jobs",
    "@aws-sdk/client-lookoutvision",
    "aws4fetch",
    "aws-sigv4-fetch",
    "openapi-fetch",
  ],
  "Redocly's generated client",
];

const test = suite("the benchmark, its short form");

let report: Report;

test.before(async () => {
  const { code, stdout, stderr } = await run(process.execPath, [
    ...["--import", "tsx", "scripts/bench.ts", "--short", "--json"],
  ]);
  if (code !== 0) throw new Error(stderr);
  report = JSON.parse(stdout) as Report;
});

test("names the machine", () => {
  assert.is(report.machine.node, process.version);
  assert.type(report.machine.cores, "number");
});

test("measures every peer", () => {
  const [client] = report.tables;
  const peers = client!.rows.map(([peer]) => String(peer));
  for (const name of PEERS)
    assert.ok(
      peers.some((peer) => peer.includes(name)),
      name,
    );
});

test("gives a number in every cell of its tables", () => {
  for (const { title, columns, rows } of report.tables) {
    assert.ok(rows.length > 0, title);
    for (const row of rows) {
      assert.is(row.length, columns.length, title);
      for (const cell of row) if (typeof cell !== "string") assertNumbers(cell, `${title}: ${row[0]}`);
    }
  }
});

for (const figure of FIGURES)
  test(`prints ${figure.source}`, () => {
    const found = report.goals.filter((goal) => figure.test(goal.figure));
    assert.is(found.length, 1);
    assertNumbers(found[0]!.value, found[0]!.figure);
  });

function assertNumbers(value: number | Summary, what: string): void {
  // NaN and infinity are null in JSON.
  for (const number of typeof value === "number" ? [value] : [value.best, value.low, value.median, value.high])
    assert.ok(Number.isFinite(number), `${what}: ${JSON.stringify(value)}`);
}

test.run();
