/** `npm run version`: turns the changesets into a version, and writes it into the lockfile and src/version.ts. */
import { readFile, writeFile } from "node:fs/promises";
import { run, runTool } from "./tools.ts";

const FILE = "src/version.ts";
const LINE = /^export const version = ".*";$/m;

const bumped = await runTool("@changesets/cli", ["version"], "changeset");
process.stdout.write(`${bumped.stdout}${bumped.stderr}`);
if (bumped.code !== 0) process.exit(bumped.code);
await run("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit"]);

const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
const text = await readFile(FILE, "utf8");
if (!LINE.test(text)) throw new Error(`${FILE} has no line: export const version = "…";`);
await writeFile(FILE, text.replace(LINE, `export const version = "${version}";`));
