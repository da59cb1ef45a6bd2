/**
 * `npm run spec-diff [-- REVISION]`: names each breaking change of the contract since REVISION (default origin/main).
 * Exits 1 on a breaking change that no changeset announces, 2 when one of the two documents cannot be read.
 */
import { readdir, readFile } from "node:fs/promises";
import { SpecDocument, SpecError } from "./generate/document.ts";
import { breakingChanges } from "./spec-diff/breaking.ts";
import { run } from "./tools.ts";

const SPEC = "spec/openapi.yaml";
const revision = process.argv[2] ?? "origin/main";

const base = await run("git", ["show", `${revision}:${SPEC}`], process.cwd());
if (base.code !== 0) {
  console.error(`spec-diff: cannot read ${SPEC} at ${revision}: ${base.stderr.trim()}`);
  process.exit(2);
}
try {
  new SpecDocument(`${revision}:${SPEC}`, base.stdout);
  new SpecDocument(SPEC);
} catch (error) {
  if (!(error instanceof SpecError)) throw error;
  console.error(`spec-diff: ${error.message}`);
  process.exit(2);
}
const found = await breakingChanges(base.stdout, await readFile(SPEC, "utf8"));

for (const { message, pointer } of found) {
  // GitHub shows such a line beside the file.
  const mark = process.env.GITHUB_ACTIONS ? `::error file=${SPEC},title=Breaking change::` : "breaking: ";
  console.log(`${mark}${message} ${pointer}`);
}
if (found.length === 0) console.log(`${SPEC} breaks nothing of ${revision}.`);
else if (await isAnnounced()) console.log(`A changeset announces ${found.length === 1 ? "it" : "them"}.`);
else {
  console.log("Undo that, or announce it: `npx changeset`, with the bump that breaks (minor before 1.0, then major).");
  process.exitCode = 1;
}

/** Before 1.0 a minor version may break, as npm's caret has it. */
async function isAnnounced(): Promise<boolean> {
  const { name, version } = JSON.parse(await readFile("package.json", "utf8")) as { name: string; version: string };
  const bump = version.startsWith("0.") ? "(minor|major)" : "major";
  const files = (await readdir(".changeset").catch(() => [])).filter(
    (file) => file.endsWith(".md") && file !== "README.md",
  );
  const texts = await Promise.all(files.map((file) => readFile(`.changeset/${file}`, "utf8")));
  return texts.some((text) => new RegExp(`^["']?${name}["']?: ${bump}$`, "m").test(text));
}
