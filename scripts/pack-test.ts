/**
 * `npm run pack-test` packs the package, checks the tarball, installs it in an empty project, compiles against its
 * declarations and lists with it. PACK_TEST_RUNTIMES names further runtimes to list on (`node@22 bun deno`; in CI all of
 * them). Ends with `N passed, N failed`.
 */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONSUMER, EXPECTED, INVENTORY } from "./pack-test/consumer.ts";
import { readmeSample, SERVED_SAMPLE } from "./pack-test/readme-sample.ts";
import { current, installRuntime, type Runtime } from "./pack-test/runtimes.ts";
import { root, run, runTool, type ToolResult } from "./tools.ts";

/** The largest size of the tarball, in bytes. */
const LARGEST = 150_000;
const ALLOWED =
  /^(dist\/.+\.(js|d\.ts)|dist\/LIBRARIES\.txt|spec\/openapi\.yaml|scripts\/sample\/inventory\.json|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const RUNTIMES =
  process.env.PACK_TEST_RUNTIMES ??
  (process.env.CI ? "node@22.13.0 node@22.23.5 node@24.22.3 node@26.12.1 bun@1.4.5 deno@2.9.6" : "");

let passed = 0;
let failed = 0;
const folder = await mkdtemp(join(tmpdir(), "pack-test-"));
const project = join(folder, "project");

try {
  const tarball = await packing();
  if (tarball) {
    await inspecting(tarball);
    await installing(tarball);
    await compiling();
    for (const runtime of [current, ...(await furtherRuntimes())]) await listing(runtime);
    await commanding();
    await sampling();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Builds and packs the package. @returns the path of the tarball */
async function packing(): Promise<string | undefined> {
  const packed = await run("npm", ["pack", "--json", "--pack-destination", folder]);
  const listed = /\[\s*\{[\s\S]*\]\s*$/.exec(packed.stdout)?.[0];
  if (!check("npm pack builds and packs", packed.code === 0 && listed !== undefined, packed)) return undefined;
  const [{ filename, files }] = JSON.parse(listed ?? "") as [{ filename: string; files: { path: string }[] }];
  const tarball = join(folder, filename);
  const { size } = await stat(tarball);
  check(`the tarball has ${size} bytes, at most ${LARGEST}`, size <= LARGEST);
  const unexpected = files.map(({ path }) => path).filter((path) => !ALLOWED.test(path));
  check(`its ${files.length} files are what a user needs`, unexpected.length === 0, unexpected.join("\n"));
  return tarball;
}

async function inspecting(tarball: string): Promise<void> {
  const publint = await runTool("publint", ["run", tarball, "--strict"]);
  check("publint finds nothing", publint.code === 0, publint);
  const flags = ["--profile", "esm-only", "--exclude-entrypoints", "openapi.yaml", "--no-emoji"];
  const attw = await runTool("@arethetypeswrong/cli", [tarball, ...flags], "attw");
  check("attw finds the types right", attw.code === 0, attw);
  const size = await runTool("size-limit", []);
  const sizes = [...size.stdout.matchAll(/Size:\s+([\d.]+ k?B)/g)].map(([, figure]) => figure);
  check(`size-limit: ${sizes.join(", ") || "no figure"}`, size.code === 0, size);
}

async function installing(tarball: string): Promise<void> {
  await mkdir(project);
  await writeFile(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const beside = ["@types/node", "typescript", "libsql"].map((name) => `${name}@${devDependencies[name]}`);
  const installed = await run("npm", ["install", "--no-audit", "--no-fund", tarball, ...beside], project);
  check("it installs in an empty project", installed.code === 0, installed);
  const file = join(project, "node_modules/lookout-packaging-jobs/package.json");
  const { dependencies } = JSON.parse(await readFile(file, "utf8")) as { dependencies: object };
  const names = Object.keys(dependencies).sort();
  check("it has one run-time dependency", names.join() === "openapi-fetch", names.join());
}

async function compiling(): Promise<void> {
  await writeFile(join(project, "consumer.ts"), CONSUMER);
  await writeFile(join(project, "jobs.json"), INVENTORY);
  const strict = ["--strict", "--noUncheckedIndexedAccess", "--target", "es2022", "--types", "node"];
  for (const [resolution, module] of [
    ["nodenext", "nodenext"],
    ["bundler", "esnext"],
  ] as const) {
    const flags = [...strict, "--module", module, "--moduleResolution", resolution, "consumer.ts"];
    const compiler = join(project, "node_modules/typescript/bin/tsc");
    const compiled = await run(process.execPath, [compiler, ...flags], project);
    check(`a strict program compiles under ${resolution}, libraries checked`, compiled.code === 0, compiled);
  }
}

async function furtherRuntimes(): Promise<Runtime[]> {
  const found: Runtime[] = [];
  for (const name of RUNTIMES.split(/\s+/).filter(Boolean)) {
    const runtime = await installRuntime(name, folder);
    if (runtime) found.push(runtime);
    else console.log(`left out: ${name}, which the registry does not have for this machine`);
  }
  return found;
}

async function listing({ name, command, args, store }: Runtime): Promise<void> {
  await rm(join(project, "jobs.db"), { force: true });
  const ran = await run(command, [...args, "consumer.js", store], project);
  check(`it serves and lists on ${name}`, ran.code === 0 && ran.stdout.trim() === EXPECTED, ran);
}

async function commanding(): Promise<void> {
  const command = join(project, "node_modules/.bin/packaging-jobs");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const ran = await run(command, ["--version"], project);
  check("its command runs", ran.code === 0 && ran.stdout.trim() === `packaging-jobs ${version}`, ran);
}

/** Runs the README's sample for an API of one's own, unchanged. */
async function sampling(): Promise<void> {
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const installed = await run(
    "npm",
    ["install", "--no-audit", "--no-fund", `openapi-typescript@${devDependencies["openapi-typescript"]}`],
    project,
  );
  check("openapi-typescript installs beside it", installed.code === 0, installed);
  const { shell, program } = await readmeSample();
  await writeFile(join(project, "own-api.ts"), program);
  await writeFile(join(project, "own-api-server.ts"), SERVED_SAMPLE);
  const types = await run("/bin/sh", ["-ec", shell], project);
  check("the README's command makes the types of a document", types.code === 0, types);
  const compiler = join(project, "node_modules/typescript/bin/tsc");
  const flags = ["--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--module", "nodenext"];
  const compiled = await run(process.execPath, [compiler, ...flags, "--types", "node", "own-api-server.ts"], project);
  check("the README's sample compiles under strict and exactOptionalPropertyTypes", compiled.code === 0, compiled);
  const ran = await run(process.execPath, ["own-api-server.js"], project);
  check("the README's sample lists over signed requests", ran.code === 0 && /^job-0$/m.test(ran.stdout), ran);
}

function check(name: string, isTrue: boolean, seen: ToolResult | string = ""): boolean {
  console.log(`${isTrue ? "✔" : "✘"} ${name}`);
  if (isTrue) passed++;
  else {
    failed++;
    console.log((typeof seen === "string" ? seen : `${seen.stdout}${seen.stderr}`).replace(/^/gm, "    "));
  }
  return isTrue;
}
