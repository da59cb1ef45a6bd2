/** The workflow that publishes the documentation page runs when a source of the page changes. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";

const test = suite("the workflow of the documentation page");

/** A script and all that it imports from this project. */
async function sources(file: string, found: Set<string> = new Set()): Promise<Set<string>> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path = ""] of (await readFile(file, "utf8")).matchAll(/from "(\.[^"]+)"/g))
    await sources(join(dirname(file), path), found);
  return found;
}

test("watches each source of the page", async () => {
  const { on } = parse(await readFile(".github/workflows/docs.yml", "utf8"));
  const watched: string[] = on.push.paths;
  const isWatched = (file: string) =>
    watched.some((glob) => (glob.endsWith("/**") ? file.startsWith(glob.slice(0, -2)) : file === glob));
  const scripts = await sources("scripts/docs.ts");
  assert.ok(scripts.has("scripts/redoc/page.ts"), "imports are followed");
  const files = [...scripts, "scripts/redoc/template.hbs", "spec/openapi.yaml", "spec/redocly.yaml"];
  const settings = ["package.json", "package-lock.json", "tsconfig.json", ".github/workflows/docs.yml"];
  assert.equal(
    [...files, ...settings].filter((file) => !isWatched(file)),
    [],
  );
});

test.run();
