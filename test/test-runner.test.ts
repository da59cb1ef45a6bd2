import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("npm test fails where uvu alone would not");
const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs the tests of a fixture folder as `npm test` does. */
function run(fixture: string, ...pattern: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "scripts/test.ts", "--dir", `test/fixtures/test-runner/${fixture}`, ...pattern],
    { cwd: root, encoding: "utf8", env: { ...process.env, ...(fixture === "hanging" && { TEST_FILE_LIMIT: "5000" }) } },
  );
  return { status, output: stdout + stderr, last: stdout.trim().split("\n").at(-1) };
}

test("passes when every test passed", () => {
  const { status, last } = run("passing");
  assert.is(last, "1 passed, 0 failed");
  assert.is(status, 0);
});

for (const [fixture, last, reason] of [
  ["failing", "1 passed, 1 failed", /Expected values to be strictly equal/],
  ["forgotten-run", "0 passed, 1 failed", /is \.run\(\) called\?/],
  ["throwing-hook", "0 passed, 1 failed", /1 of 1 tests did not run: a hook threw[\s\S]*Error: the hook throws/],
  ["throwing-after", "0 passed, 1 failed", /the hook throws/],
  ["left-over-only", "1 passed, 1 failed", /1 tests were skipped/],
  ["hanging", "1 passed, 1 failed", /still running after 5000 ms/],
] as const)
  test(`fails for a ${fixture} suite, and says why`, () => {
    const result = run(fixture);
    assert.is(result.last, last);
    assert.match(result.output, reason);
    assert.is(result.status, 1);
  });

test("fails when no file matches", () => {
  const { status, output, last } = run("passing", "nothing-of-the-kind");
  assert.is(last, "0 passed, 0 failed");
  assert.match(output, /no test file matches/);
  assert.is(status, 1);
});

test.run();
