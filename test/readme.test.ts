/** Runs every block of TypeScript and shell in the README, unchanged. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, serve } from "../src/endpoint/index.ts";
import { bundle, command } from "./support/cli.ts";
import { complaintsAbout } from "./support/compiler.ts";

const test = suite("the README");
const root = fileURLToPath(new URL("..", import.meta.url));
const text = await readFile(join(root, "README.md"), "utf8");

interface Block {
  readonly language: string;
  readonly code: string;
  readonly line: number;
}

const blocks: Block[] = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map((match) => ({
  language: match[1] ?? "",
  code: match[2] ?? "",
  line: text.slice(0, match.index).split("\n").length + 1,
}));

/** Commands that the pack test and CI run: they would install or test inside this test. */
const TYPED_ELSEWHERE = /^(npm ci && npm start|npm cit|npm install|npm run (bench|faults|docs))\b/;

/** The package's entry points and where their sources are. */
const entries = {
  ".": "index",
  "./client": "client",
  "./sigv4": "sigv4",
  "./paginate": "paginate",
  "./endpoint": "endpoint/index",
};

let folder: string;
let endpoint: Endpoint;
let environment: NodeJS.ProcessEnv;

test.before(async () => {
  // Inside the project, so that what the blocks import is found.
  await mkdir(join(root, "node_modules/.cache"), { recursive: true });
  folder = await mkdtemp(join(root, "node_modules/.cache/readme-"));
  const inventory = join(root, "scripts/sample/inventory.json");
  for (const name of ["jobs.json", "saved.json"]) await cp(inventory, join(folder, name));
  // The package's own name leads to its bundled sources, as it would to an installed package.
  const self = join(folder, "node_modules/lookout-packaging-jobs");
  await mkdir(self, { recursive: true });
  const exports: Record<string, string> = {};
  for (const [entry, file] of Object.entries(entries)) exports[entry] = `./${file}.mjs`;
  await bundle(Object.fromEntries(Object.values(entries).map((file) => [file, `${file}.ts`])), self);
  await cp(join(root, "spec"), join(self, "spec"), { recursive: true });
  await writeFile(join(self, "package.json"), JSON.stringify({ type: "module", exports }));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const shim = `#!/bin/sh\nexec "${process.execPath}" "${command}" "$@"\n`;
  await writeFile(join(folder, "packaging-jobs"), shim, { mode: 0o755 });
  endpoint = await serve({ import: [inventory] });
  environment = {
    PATH: `${folder}:${process.env.PATH}`,
    HOME: folder,
    AWS_REGION: endpoint.region,
    AWS_ENDPOINT_URL_LOOKOUTVISION: endpoint.url,
    AWS_ACCESS_KEY_ID: endpoint.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: endpoint.credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
  };
});

test.after(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command to its end, or stops it when it has printed an awaited text. */
async function run(command: string, args: string[], until?: RegExp): Promise<Ended> {
  const child: ChildProcess = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const hear = (chunk: Buffer) => {
    output += chunk;
    if (until?.test(output)) child.kill("SIGTERM");
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const [code] = await once(child, "close");
  return { code, output };
}

for (const { language, code, line } of blocks) {
  if (language === "ts")
    test(`line ${line}: the TypeScript runs`, async () => {
      const file = join(folder, `line-${line}.mjs`);
      await writeFile(file, (await transform(code, { loader: "ts" })).code);
      const ended = await run(process.execPath, [file]);
      assert.is(ended.code, 0, ended.output);
    });
  else if (language === "sh")
    for (const command of commandsOf(code))
      test(`line ${line}: ${command}`, async () => {
        if (TYPED_ELSEWHERE.test(command)) return;
        // Not through npx: it would look the name up in the registry.
        const typed = command.replaceAll(/\bnpx (?=packaging-jobs)/g, "");
        const serving = /^packaging-jobs serve/.test(typed);
        const ended = await run(
          "/bin/sh",
          // On a free port: another program may have the default one.
          ["-ec", serving ? `exec ${typed} --port 0` : typed],
          serving ? /export AWS_/ : undefined,
        );
        assert.is(ended.code, 0, ended.output);
      });
  // `npm run field` compiles and runs the block in mts, the program for undici.
  else
    test(`line ${line}: a block of ${language || "no language"}`, () =>
      assert.match(language, /^(json|text|diff|haproxy|nginx|mts)$/));
}

test("the TypeScript compiles under this project's own strict settings", async () => {
  const paths = Object.entries(entries).map(([entry, file]) => [
    `lookout-packaging-jobs${entry.slice(1)}`,
    `src/${file}.ts`,
  ]);
  const program = blocks.filter(({ language }) => language === "ts");
  const files = program.map(({ line }) => join(folder, `compiled-line-${line}.ts`));
  for (const [index, { code }] of program.entries()) await writeFile(files[index] as string, code);
  assert.equal(complaintsAbout(files, Object.fromEntries(paths)), []);
});

test("its links lead somewhere", async () => {
  for (const [, target = ""] of text.matchAll(/\]\(([^)#\s]+)\)/g))
    if (!/^https?:/.test(target)) await readFile(join(root, target));
  const slugs = new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => slugOf(title)));
  for (const [, slug = ""] of text.matchAll(/\]\(#([^)]+)\)/g)) assert.ok(slugs.has(slug), `#${slug}`);
});

/** Commands of a shell block, continued lines joined, comments and blank lines left out. */
function commandsOf(code: string): string[] {
  return code
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}

test.run();
