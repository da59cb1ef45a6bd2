/**
 * `npm test`: runs uvu, and checks that it ran. uvu exits with 0 when a `.run()` is forgotten, when a hook throws and when
 * no file matches the pattern; it never ends when a handle stays open. So each file has a process and a time limit, and
 * must report one test or more, all of them passed. The last line is `N passed, N failed`.
 *   npm test [-- PATTERN]   only files whose name matches the regular expression
 *   npm test -- --dir DIR   the tests of another folder
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const uvu = join(root, "node_modules/uvu/bin.js");
const loudHooks = new URL("test/register.mjs", import.meta.url).href;
/** Milliseconds for one file: several times what the slowest takes alone, since other work may run beside it. */
const LIMIT = Number(process.env.TEST_FILE_LIMIT ?? 300_000);

/** The files that take longest: they start first, so that none of them runs alone at the end. */
const LONGEST =
  /^(docs-page|bench|spec-diff|load|store-postgres|readme|cli-aws|cli-formats|generate|raw-sockets|cli-profiles|cli-serve|test-runner|cli-failures)\./;

/** How many files run at once: one more than there are cores, since many wait now and then. */
const AT_ONCE = Math.min(availableParallelism() + 1, 5);

/** A line with these words tells that a test leaves out what this machine lacks. */
const LEFT_OUT = /\bleft out: /i;

interface Outcome {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly fault?: string;
  readonly output: string;
  readonly seconds: number;
}

const { values, positionals } = parseArgs({
  options: { dir: { type: "string", default: join(root, "test") } },
  allowPositionals: true,
});
const pattern = new RegExp(positionals[0] ?? ".");
const found = readdirSync(values.dir)
  .filter((name) => name.endsWith(".test.ts") && pattern.test(name))
  .sort();
const files = [...found.filter((name) => LONGEST.test(name)), ...found.filter((name) => !LONGEST.test(name))];

const outcomes: Outcome[] = [];
const queue = [...files];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const outcome = await run(file);
      outcomes.push(outcome);
      report(outcome);
    }
  }),
);

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
if (files.length === 0) console.error(`no test file matches ${pattern} in ${values.dir}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function run(file: string): Promise<Outcome> {
  const name = `^${file.replaceAll(".", "\\.")}$`;
  // Folders that other tests make and remove begin with a dot: uvu, which looks into each, would miss one that has gone.
  const args = ["--import", "tsx", "--import", loudHooks, uvu, values.dir, name, "--ignore", "^\\."];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  let late = false;
  const started = Date.now();
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const timer = setTimeout(() => {
    late = true;
    // The group: a test's own children must not outlive it.
    process.kill(-(child.pid as number), "SIGKILL");
  }, LIMIT);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(
        judge(
          file,
          output,
          Math.round((Date.now() - started) / 1000),
          late ? `still running after ${LIMIT} ms` : code === 0 ? undefined : `exit code ${code}`,
        ),
      );
    });
  });
}

/** A file is good when it ended by itself with code 0, it has tests, and all of them passed. */
function judge(file: string, output: string, seconds: number, ended: string | undefined): Outcome {
  const count = (label: string) => Number(new RegExp(`^\\s*${label}:\\s+(\\d+)`, "m").exec(plain(output))?.[1] ?? 0);
  const total = count("Total");
  const passed = count("Passed");
  const fault = ended ?? falseGreen(total, passed, count("Skipped"), LEFT_OUT.test(plain(output)));
  const failed = Math.max(total - passed, fault === undefined ? 0 : 1);
  return { file, passed, failed, output, seconds, ...(fault !== undefined && { fault }) };
}

/** The reason why a run that uvu calls good is not; undefined when it is. */
function falseGreen(total: number, passed: number, skipped: number, leftOut: boolean): string | undefined {
  if (total > passed) return `${total - passed} of ${total} tests did not run: a hook threw`;
  if (skipped > 0) return `${skipped} tests were skipped: is an .only or a .skip left in?`;
  // A file may leave all of its tests out, but only when it says so.
  if (total === 0 && !leftOut) return "no test was run: is .run() called?";
  return undefined;
}

function report({ file, passed, failed, fault, output, seconds }: Outcome): void {
  const path = relative(process.cwd(), join(values.dir, file));
  const notes = plain(output)
    .split("\n")
    .filter((line) => LEFT_OUT.test(line))
    .map((line) => line.trim());
  console.log(
    `${failed > 0 ? "✘" : "✔"} ${path}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ""}${fault ? ` (${fault})` : ""}  ${seconds} s`,
  );
  for (const note of notes) console.log(`    ${note}`);
  if (failed > 0) console.log(output.replace(/^/gm, "    "));
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the terminal's own
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}
