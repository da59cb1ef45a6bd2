import { execFile } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { generate } from "../scripts/generate/command.ts";
import { root } from "./support/generated.ts";

const spec = join(root, "spec/openapi.yaml");
const committed = join(root, "generated");

const test = suite<{ folder: string }>("generation");
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "generate-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

/** The files of a folder by name. */
function filesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  return Object.fromEntries(entries);
}

/** Runs the command in this process. */
async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await generate(args, (line) => lines.push(line));
  return { code, lines };
}

/** Runs the command as a user does. */
function spawned(cwd: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = [`--import=${import.meta.resolve("tsx")}`, join(root, "scripts/generate.ts"), ...args];
  return new Promise((resolve) => {
    // A locale with an unusual order of letters.
    const env = { ...process.env, LC_ALL: "da_DK.UTF-8" };
    execFile(process.execPath, command, { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test("writes the committed bytes, twice, from any current folder, and prints its time", async ({ folder }) => {
  const started = performance.now();
  const first = await spawned(folder, "--spec", spec, "--out", "from-elsewhere");
  const took = Math.round(performance.now() - started);
  console.log(`\n    npm run generate: ${took} ms`);
  assert.equal(first, { code: 0, stdout: "", stderr: "" });
  assert.equal(await run("--spec", spec, "--out", join(folder, "again")), { code: 0, lines: [] });
  assert.equal(filesOf(join(folder, "from-elsewhere")), filesOf(committed));
  assert.equal(filesOf(join(folder, "again")), filesOf(committed));
});

test("checks the committed files by default, wherever it is run", async ({ folder }) => {
  process.chdir(folder);
  try {
    assert.equal(await run("--check"), { code: 0, lines: [] });
  } finally {
    process.chdir(root);
  }
});

test("--check names each stale, missing and left-over file, exits 1 and writes nothing", async ({ folder }) => {
  const out = join(folder, "generated");
  cpSync(committed, out, { recursive: true });
  for (const name of ["metadata.ts", "README.md"]) appendFileSync(join(out, name), "\n");
  rmSync(join(out, "items.ts"));
  cpSync(join(out, "client.ts"), join(out, "left-over.ts"));
  writeFileSync(join(out, "mine.ts"), "export {};\n");
  const before = filesOf(out);
  const { code, stdout, stderr } = await spawned(folder, "--check", "--out", "generated");
  assert.is(code, 1);
  assert.is(stdout, "");
  assert.equal(stderr.trimEnd().split("\n"), [
    "generate: generated/items.ts is missing",
    "generate: generated/metadata.ts is not what the document gives",
    "generate: generated/README.md is not what the document gives",
    "generate: generated/left-over.ts is not among what the document gives",
    "generate: run `npm run generate` and commit the result",
  ]);
  assert.equal(filesOf(out), before);

  assert.is((await run("--spec", spec, "--out", out)).code, 0);
  assert.equal(filesOf(out), { ...filesOf(committed), "mine.ts": "export {};\n" });
});

test("every file of an absent folder is missing", async ({ folder }) => {
  const { code, lines } = await run("--spec", spec, "--check", "--out", join(folder, "nowhere"));
  assert.is(code, 1);
  assert.is(lines.filter((line) => line.endsWith(" is missing")).length, Object.keys(filesOf(committed)).length);
});

const CHANGES: [what: string, from: string, to: string, stale: string[]][] = [
  ["a pattern", "pattern: ^[a-zA-Z0-9/+=]{0,2048}$", "pattern: ^[a-z]{0,2048}$", ["index.ts", "validators.ts"]],
  ["a bound", "maximum: 100", "maximum: 99", ["index.ts", "metadata.ts", "validators.ts"]],
  ["a description", "The name of a project.", "A project's name.", ["types.ts"]],
  ["an item's pattern", "pattern: ^([1-9][0-9]*|latest)$", "pattern: ^[1-9]$", ["items.ts"]],
  ["a retryable mark", "x-retryable: { throttling: true }", "x-retryable: true", ["metadata.ts"]],
  ["a path", "  /2020-11-20/projects", "  /2020-11-21/projects", ["client.ts", "routes.ts", "types.ts"]],
];
for (const [what, from, to, stale] of CHANGES)
  test(`${what} changed in the document makes --check name the files that it reaches, and no others`, async ({
    folder,
  }) => {
    const text = readFileSync(spec, "utf8");
    assert.ok(text.includes(from));
    writeFileSync(join(folder, "changed.yaml"), text.replace(from, to));
    const { code, lines } = await run("--spec", join(folder, "changed.yaml"), "--check", "--out", committed);
    assert.is(code, 1);
    const named = lines.slice(0, -1).map((line) => line.replace(/^.*\/(\S+) is not what the document gives$/, "$1"));
    assert.equal(named.sort(), stale);
  });

test("the document may be JSON, and its order of members is free", async ({ folder }) => {
  const { parse } = await import("yaml");
  const { openapi, components, ...rest } = parse(readFileSync(spec, "utf8"));
  writeFileSync(join(folder, "openapi.json"), JSON.stringify({ components, ...rest, openapi }, null, 2));
  const { code, lines } = await run("--spec", join(folder, "openapi.json"), "--check", "--out", committed);
  assert.equal([code, lines], [0, []]);
});

test("generated code imports openapi-fetch and itself, and nothing of Ajv", () => {
  for (const [name, text] of Object.entries(filesOf(committed))) {
    if (!name.endsWith(".ts")) continue;
    const imported = [...text.matchAll(/(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g)].map(([, from]) => from);
    const foreign = imported.filter((from) => !from?.startsWith("./") && from !== "openapi-fetch");
    assert.equal(foreign, [], name);
  }
});

const MISUSE: [what: string, args: string[], says: RegExp][] = [
  ["an unknown option", ["--speck", "x"], /Unknown option '--speck'/],
  ["an argument", ["x"], /Unexpected argument 'x'/],
  ["a document that is not there", ["--spec", "nowhere.yaml"], /ENOENT.*nowhere\.yaml/],
  ["a document that is a folder", ["--spec", committed], /EISDIR/],
  ["a folder that is a file", ["--spec", spec, "--out", spec], /EEXIST.*openapi\.yaml/],
];
for (const [what, args, says] of MISUSE)
  test(`${what} ends with one line and exit code 2`, async () => {
    const { code, lines } = await run(...args);
    assert.is(code, 2);
    assert.is(lines.length, 1);
    assert.match(lines[0] ?? "", says);
  });

test("a file of the user's is never replaced: nothing is written", async ({ folder }) => {
  for (const name of ["client.ts", "README.md"]) {
    const file = join(folder, name);
    writeFileSync(file, "mine");
    const { code, lines } = await run("--spec", spec, "--out", folder);
    const refusal = `${file} was not written by this command: move it, or choose another folder with --out`;
    assert.equal({ code, lines }, { code: 2, lines: [refusal] });
    assert.equal(filesOf(folder), { [name]: "mine" });
    rmSync(file);
  }
});

test.run();
