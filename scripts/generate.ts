/**
 * `npm run generate`: writes `generated/` from `spec/openapi.yaml`.
 *   --spec FILE  the document (default spec/openapi.yaml)
 *   --out DIR    where to write (default generated)
 *   --check      write nothing; exit 1 and name each file that is not what the document gives
 * Exits with 2, one line and nothing written when the document cannot be generated from.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SpecDocument, SpecError } from "./generate/document.ts";
import { emitFiles, HEADER } from "./generate/emit.ts";

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
  const files = await emitFiles(new SpecDocument(values.spec));
  if (values.check) check(values.out, files);
  else write(values.out, files);
} catch (error) {
  if (!isExpected(error)) throw error;
  console.error(`generate: ${error.message}`);
  process.exitCode = 2;
}

function write(out: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(out, { recursive: true });
  for (const name of strangers(out, files)) rmSync(join(out, name));
  for (const [name, text] of files) writeFileSync(join(out, name), text);
}

function check(out: string, files: ReadonlyMap<string, string>): void {
  const faults = [...files].flatMap(([name, text]) => {
    if (!existsSync(join(out, name))) return `${join(out, name)} is missing`;
    return readFileSync(join(out, name), "utf8") === text ? [] : `${join(out, name)} is not what the document gives`;
  });
  faults.push(...strangers(out, files).map((name) => `${join(out, name)} is not among what the document gives`));
  for (const fault of faults) console.error(`generate: ${fault}`);
  if (faults.length === 0) return;
  console.error("generate: run `npm run generate` and commit the result");
  process.exitCode = 1;
}

/** Generated files that the document no longer gives. Others' files in a folder of the user's own are left alone. */
function strangers(out: string, files: ReadonlyMap<string, string>): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => !files.has(name) && name.endsWith(".ts"))
    .filter((name) => readFileSync(join(out, name), "utf8").startsWith(HEADER));
}

/** A fault of the document, of the arguments, or of a file that cannot be read or written: no stack helps with those. */
function isExpected(error: unknown): error is Error {
  if (error instanceof SpecError) return true;
  return error instanceof Error && ("syscall" in error || ("code" in error && /^ERR_PARSE_ARGS/.test(`${error.code}`)));
}
