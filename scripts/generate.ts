/**
 * `npm run generate`: writes `generated/` from `spec/openapi.yaml`.
 *   --spec FILE  the document (default spec/openapi.yaml)
 *   --out DIR    where to write (default generated)
 *   --check      write nothing; exit 1 and name each file that is not what the document gives
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SpecDocument, SpecError } from "./generate/document.ts";
import { emitFiles } from "./generate/emit.ts";
import { readModel } from "./generate/model.ts";
import { README } from "./generate/readme.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const here = (path: string) => relative(process.cwd(), join(root, path)) || ".";

try {
  const { values } = parseArgs({
    options: {
      spec: { type: "string", default: here("spec/openapi.yaml") },
      out: { type: "string", default: here("generated") },
      check: { type: "boolean", default: false },
    },
  });
  const doc = new SpecDocument(values.spec);
  const files = await emitFiles(doc, readModel(doc));
  files.set("README.md", README);
  if (values.check) check(values.out, files);
  else write(values.out, files);
} catch (error) {
  const usage = error instanceof TypeError && "code" in error;
  if (!(error instanceof SpecError) && !usage && !isMissingFile(error)) throw error;
  console.error(`generate: ${(error as Error).message}`);
  process.exitCode = 2;
}

function write(out: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(out, { recursive: true });
  for (const name of strangers(out, files)) rmSync(join(out, name));
  for (const [name, text] of files) writeFileSync(join(out, name), text);
}

function check(out: string, files: ReadonlyMap<string, string>): void {
  const stale = [...files]
    .filter(([name, text]) => !existsSync(join(out, name)) || readFileSync(join(out, name), "utf8") !== text)
    .map(([name]) => `${join(out, name)} is not what the document gives`);
  const extra = strangers(out, files).map((name) => `${join(out, name)} is not written by the generator`);
  for (const line of [...stale, ...extra]) console.error(`generate: ${line}`);
  if (stale.length + extra.length === 0) return;
  console.error("generate: run `npm run generate` and commit the result");
  process.exitCode = 1;
}

/** Generated files that the document no longer gives. Others' files in a folder of the user's own are left alone. */
function strangers(out: string, files: ReadonlyMap<string, string>): string[] {
  if (!existsSync(out)) return [];
  const mark = "// Written by `npm run generate`";
  return readdirSync(out)
    .filter((name) => !files.has(name) && name.endsWith(".ts"))
    .filter((name) => readFileSync(join(out, name), "utf8").startsWith(mark));
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
