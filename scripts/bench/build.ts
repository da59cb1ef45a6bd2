/** Compiles the library as the package has it, and its peers beside it: users run compiled code. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { bundle, CLIENT, COMMAND, ENDPOINT } from "../bundle.ts";
import { redocly, root } from "../tools.ts";

/** The modules that the benchmark needs beside those that users import. */
const INNER = ["endpoint/handlers/index", "endpoint/stores/sqlite-engine"];

/** A compiled copy of the project in a temporary folder. */
export interface Build {
  /** The compiled file of a source file. Both paths start at the root of the project. */
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
  await bundle(folder, COMMAND);
  await generatePeer(join(folder, "redocly-client.ts"));
  await compile(join(root, "scripts/bench"), join(folder, "scripts/bench"));
  await compileFile(join(folder, "redocly-client.ts"), join(folder, "scripts/bench/peers/redocly-client.js"));
  return {
    file: (source) => join(folder, source.replace(/\.ts$/, ".js")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function compile(from: string, to: string): Promise<void> {
  const names = await readdir(from, { recursive: true });
  for (const name of names.filter((name) => name.endsWith(".ts"))) {
    const file = join(to, name.replace(/\.ts$/, ".js"));
    await mkdir(dirname(file), { recursive: true });
    await compileFile(join(from, name), file);
  }
}

async function compileFile(from: string, to: string): Promise<void> {
  const { outputText } = ts.transpileModule(await readFile(from, "utf8"), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  await writeFile(to, outputText);
}

/** Generates a client from the document by Redocly's CLI. */
async function generatePeer(file: string): Promise<void> {
  const { code, stderr } = await redocly(["generate-client", join(root, "spec/openapi.yaml"), "--output", file]);
  if (code !== 0) throw new Error(`redocly generate-client ended with ${code}: ${stderr}`);
}
