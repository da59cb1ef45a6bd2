/** Compiles what is measured to what users run: the library bundled as the package has it, its peers beside it. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { bundle, CLIENT, ENDPOINT } from "../bundle.ts";
import { root } from "../tools.ts";

/** What the benchmark reaches into, beside what users import. */
const INNER = ["endpoint/handlers/index", "endpoint/stores/sqlite-engine"];

/** A compiled copy of the project in a temporary folder. */
export interface Build {
  /** The compiled file of a source file, both given from the root of the project. */
  file(source: string): string;
  remove(): Promise<void>;
}

/** Compiles without checking types: `npm run check` does that. */
export async function build(): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), "packaging-jobs-bench-"));
  // Linked, so that the compiled modules find the packages that they import.
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  await cp(join(root, "package.json"), join(folder, "package.json"));
  await bundle(folder, CLIENT);
  await bundle(folder, [...ENDPOINT, ...INNER]);
  await compile(join(root, "scripts/bench"), join(folder, "scripts/bench"));
  return {
    file: (source) => join(folder, source.replace(/\.ts$/, ".js")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function compile(from: string, to: string): Promise<void> {
  const names = await readdir(from, { recursive: true });
  for (const name of names.filter((name) => name.endsWith(".ts"))) {
    const { outputText } = ts.transpileModule(await readFile(join(from, name), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const file = join(to, name.replace(/\.ts$/, ".js"));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, outputText);
  }
}
