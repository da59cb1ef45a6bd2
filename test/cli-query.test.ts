/**
 * `--query` compared with the AWS CLI's jmespath.py: the outcomes of the queries in `test/fixtures/cli/queries.tsv`,
 * which `scripts/jmespath-fixtures.py` recorded. A difference fails unless it is listed here, under its kind in the
 * README.
 */
import { readFile } from "node:fs/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { UsageError } from "../src/cli/failure.ts";
import { readQuery } from "../src/cli/listing/query.ts";
import { root } from "./support/cli.ts";
import { closeServers } from "./support/open-servers.ts";

/** The different outcomes, by the kind of difference. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "numbers are JavaScript's": {
    "`-1.5e3`": "-1500",
    "`12345678901234567890`": "12345678901234567000",
    "`1.0`": "1",
    "`100000000000000000000.0`": "100000000000000000000",
    "`1e-7`": "1e-7",
    "avg(`[1, 2, 3]`)": "2",
    "to_number('1.0')": "1",
    "to_number('1e3')": "1000",
    "to_number('5.')": "5",
    "to_string(`1.0`)": '"1"',
  },
  "JSON has no Infinity and no NaN": {
    "`Infinity`": '"Infinity"',
    "`NaN`": '"NaN"',
    "`1e400`": "null",
    "to_number('1e999')": "null",
    "to_number('inf')": "null",
    "to_number('nan')": "null",
  },
  "members whose names are whole numbers come first": {
    "{b: 'x', a: 'y', \"10\": 'z', \"2\": 'w'}": '{"2":"w","10":"z","b":"x","a":"y"}',
  },
  "to_number reads the digits of ASCII": { "to_number('٣')": "null" },
  "the place of a quoted function name is its own": {
    '"length"(a)': "refused at 8",
    'a."b"(c)': "refused at 5",
  },
};
const ours = new Map(Object.values(DIFFERENCES).flatMap(Object.entries));

const listing = JSON.parse(
  JSON.parse(await readFile(`${root}test/fixtures/cli/aws-cli.json`, "utf8")).outputs[0].stdout,
);

/** A query's outcome in the fixture's words. */
function outcomeOf(text: string): string {
  let query: ReturnType<typeof readQuery>;
  try {
    query = readQuery(text);
  } catch (error) {
    assert.instance(error, UsageError, String(error));
    return `refused at ${/ at column (\d+):\n/.exec((error as Error).message)?.[1]}`;
  }
  try {
    return JSON.stringify(query(listing));
  } catch {
    return "fails";
  }
}

const test = suite("queries");
let count = 0;
const fixture = await readFile(`${root}test/fixtures/cli/queries.tsv`, "utf8");
for (const kind of fixture.split(/^# /m).slice(1)) {
  const [name = "", ...rows] = kind.trimEnd().split("\n");
  test(name, () => {
    for (const row of rows) {
      const [json = "", recorded] = row.split("\t");
      const text: string = JSON.parse(json);
      const expected = ours.get(text) ?? recorded;
      assert.is(outcomeOf(text), expected, `${text}: ${outcomeOf(text)} instead of ${expected}`);
      if (ours.has(text)) assert.is.not(expected, recorded, `${text} is no difference any more`);
      count++;
    }
  });
}
test("are all there", () => assert.ok(count > 580, `${count} queries`));

test("with a syntax error are shown with the place, in a line of their own", () => {
  const messageOf = (query: string) => {
    try {
      readQuery(query);
    } catch (error) {
      return (error as Error).message;
    }
    return assert.unreachable(query);
  };
  assert.is(
    messageOf("[?Status='FAILED']"),
    "Bad value for --query [?Status='FAILED']: Unknown token = (== compares) at column 8:\n[?Status='FAILED']\n        ^",
  );
  assert.is(
    messageOf("[?a=='😀'\n  || b=='c]"),
    "Bad value for --query [?a=='😀'\n  || b=='c]: ' is not closed at column 17:\n  || b=='c]\n        ^",
  );
});

test("that nest more deeply than the stack allows are an error", () => {
  assert.throws(() => readQuery("(".repeat(1e5)), /stack/);
});
test.after(closeServers);
test.run();
