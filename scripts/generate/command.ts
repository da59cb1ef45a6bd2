/** The command behind `npm run generate`: arguments and files in, files or faults out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SpecDocument, SpecError } from "./document.ts";
import { emitFiles, HEADER } from "./emit/files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs the command.
 * @param report Takes each line that says what is wrong.
 * @returns The exit code: 0; 1 when `--check` finds files that are not what the document gives; 2, and nothing written,
 * when the document cannot be generated from.
 */
export async function generate(args: readonly string[], report: (line: string) => void): Promise<number> {
  const here = (path: string) => relative(process.cwd(), join(root, path)) || ".";
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        spec: { type: "string", default: here("spec/openapi.yaml") },
        out: { type: "string", default: here("generated") },
        check: { type: "boolean", default: false },
      },
    });
    const files = await emitFiles(new SpecDocument(values.spec));
    if (!values.check) {
      write(values.out, files);
      return 0;
    }
    const faults = check(values.out, files);
    if (faults.length === 0) return 0;
    for (const fault of faults) report(fault);
    report("run `npm run generate` and commit the result");
    return 1;
  } catch (error) {
    if (!isExpected(error)) throw error;
    report(error.message);
    return 2;
  }
}

/** Nothing is written when a file of the user's own is in the way. */
function write(out: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(out, { recursive: true });
  for (const [name, text] of files) {
    const file = join(out, name);
    const [firstLine] = text.split("\n", 1);
    if (existsSync(file) && !readFileSync(file, "utf8").startsWith(`${firstLine}\n`))
      throw new SpecError(`${file} was not written by this command: move it, or choose another folder with --out`);
  }
  for (const name of strangers(out, files)) rmSync(join(out, name));
  for (const [name, text] of files) writeFileSync(join(out, name), text);
}

function check(out: string, files: ReadonlyMap<string, string>): string[] {
  const stale = [...files].flatMap(([name, text]) => {
    const file = join(out, name);
    if (!existsSync(file)) return `${file} is missing`;
    return readFileSync(file, "utf8") === text ? [] : `${file} is not what the document gives`;
  });
  return [...stale, ...strangers(out, files).map((name) => `${join(out, name)} is not among what the document gives`)];
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
