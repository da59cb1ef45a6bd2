/**
 * Programs for documents of others: with types by openapi-typescript, calls by openapi-fetch, and signatures and
 * listings by this package.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Client } from "openapi-fetch";
import openapiTS, { astToString } from "openapi-typescript";
import type { paginate } from "../../src/paginate.ts";
import { complaintsAbout } from "./compiler.ts";
import { root } from "./generated.ts";

/** The arguments of a program. */
export interface Api<Paths extends object> {
  readonly api: Client<Paths>;
  readonly paginate: typeof paginate;
}

/** Programs that list, each compiled with the types of its document. */
export interface TypedPrograms {
  /** The compiler's complaints about all programs. */
  readonly complaints: string[];
  // biome-ignore lint/suspicious/noExplicitAny: the programs' own types are checked by the compiler
  items(name: string, api: Api<any>): Promise<{ id: string }[]>;
  remove(): void;
}

/** @param names The names of documents (`NAME.yaml`) and programs (`NAME.program.txt`) in test/fixtures/apis. */
export async function typedPrograms(names: readonly string[]): Promise<TypedPrograms> {
  const fixtures = join(root, "test/fixtures/apis");
  // The folders are as deep as the fixtures, so that relative imports in programs resolve.
  const folders = new Map(names.map((name) => [name, mkdtempSync(join(root, "test/fixtures/.generated-"))]));
  const programOf = (name: string) => join(folders.get(name) ?? "", "program.ts");
  for (const [name, folder] of folders) {
    const types = await openapiTS(pathToFileURL(join(fixtures, `${name}.yaml`)), { silent: true });
    writeFileSync(join(folder, "types.ts"), astToString(types));
    writeFileSync(programOf(name), readFileSync(join(fixtures, `${name}.program.txt`)));
  }
  return {
    complaints: complaintsAbout(names.map(programOf)),
    items: async (name, api) => (await import(pathToFileURL(programOf(name)).href)).list(api).toArray(),
    remove: () => {
      for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
    },
  };
}
