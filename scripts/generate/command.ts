/** The command `npm run generate`: reads the arguments, and writes or checks the files. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SpecDocument, SpecError } from "./document.ts";
import { emitFiles, HEADER } from "./emit/files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs the command.
 * @param report Receives each line of a fault.
 * @returns The exit code: 0; 1 when `--check` finds a file that differs; 2 when the document is not supported. With 1
 * and 2 nothing is written.
 */
export async function generate(args: readonly string[], report: (line: string) => void): Promise<number> {
  const inRoot = (path: string) => relative(process.cwd(), join(root, path)) || ".";
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        spec: { type: "string", default: inRoot("spec/openapi.yaml") },
        out: { type: "string", default: inRoot("generated") },
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

/** Writes the files. It writes none when one would replace a file that was not generated. */
function write(out: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(out, { recursive: true });
  for (const [name, text] of files) {
    const file = join(out, name);
    const [firstLine] = text.split("\n", 1);
    if (existsSync(file) && !readFileSync(file, "utf8").startsWith(`${firstLine}\n`))
      throw new SpecError(`${file} was not written by this command: move it, or choose another folder with --out`);
  }
  for (const name of leftOver(out, files)) rmSync(join(out, name));
  for (const [name, text] of files) writeFileSync(join(out, name), text);
}

function check(out: string, files: ReadonlyMap<string, string>): string[] {
  const stale = [...files].flatMap(([name, text]) => {
    const file = join(out, name);
    if (!existsSync(file)) return `${file} is missing`;
    return readFileSync(file, "utf8") === text ? [] : `${file} is not what the document gives`;
  });
  return [...stale, ...leftOver(out, files).map((name) => `${join(out, name)} is not among what the document gives`)];
}

/** The names of generated files that are left over. Other files in the folder are left alone. */
function leftOver(out: string, files: ReadonlyMap<string, string>): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => !files.has(name) && name.endsWith(".ts"))
    .filter((name) => readFileSync(join(out, name), "utf8").startsWith(HEADER));
}

/** Whether an error is one of the user's, for whom a stack is no help: of the document, an argument or a file. */
function isExpected(error: unknown): error is Error {
  if (error instanceof SpecError) return true;
  return error instanceof Error && ("syscall" in error || ("code" in error && /^ERR_PARSE_ARGS/.test(`${error.code}`)));
}
