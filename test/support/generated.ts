/** Generates code from a test's document, in a folder of the project so that imports resolve. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { generate } from "../../scripts/generate/command.ts";
import type { Contract } from "../../src/contract/contract.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Generated {
  /** The folder of the generated files. */
  readonly folder: string;
  readonly contract: Contract;
  /** The exports that an endpoint reads beside the contract. */
  readonly routes: Readonly<Record<string, { readonly method: string; readonly path: string }>>;
  readonly statuses: Readonly<Record<string, readonly number[]>>;
  /** The compiler's complaints, at its strictest, about the generated files and a program that uses them. */
  complaints(program: string): string[];
  remove(): void;
}

/** @param text The document. */
export async function generated(text: string): Promise<Generated> {
  // A folder whose name begins with a dot is left out of the project's type check.
  const folder = mkdtempSync(join(root, "test/.generated-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, "openapi.yaml"), text);
    const said: string[] = [];
    const code = await generate(["--spec", join(folder, "openapi.yaml"), "--out", folder], (line) => said.push(line));
    if (code !== 0) throw new Error(said.join("\n"));
    const { contract } = await import(pathToFileURL(join(folder, "index.ts")).href);
    const { routes, statuses } = await import(pathToFileURL(join(folder, "routes.ts")).href);
    return { folder, contract, routes, statuses, complaints: (program) => complaints(folder, program), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function complaints(folder: string, program: string): string[] {
  const file = join(folder, "program.ts");
  writeFileSync(file, program);
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const strictest = {
    declaration: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noPropertyAccessFromIndexSignature: true,
    // This project's settings that other projects need not have.
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: false,
  };
  const compilerOptions = { ...config.compilerOptions, ...strictest };
  const { options } = ts.parseJsonConfigFileContent({ compilerOptions, files: [file] }, ts.sys, root);
  const all = ts.createProgram([file, join(folder, "items.ts"), join(folder, "routes.ts")], options);
  return ts.getPreEmitDiagnostics(all).flatMap(({ messageText, file: source, start = 0 }) => {
    // Complaints about src/ are left out: the project's own settings apply there.
    if (source && !source.fileName.startsWith(folder)) return [];
    const line = source ? source.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${relative(folder, source?.fileName ?? folder)}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
