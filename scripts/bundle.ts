/** The library and the command as JavaScript, as the package holds them and the benchmark measures them. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "./tools.ts";

/** The modules that users import, by the names of files in src/. */
export const CLIENT: readonly string[] = ["index", "service", "client", "sigv4", "paginate", "errors"];
export const ENDPOINT: readonly string[] = ["endpoint/index"];
/** The program that users run. */
export const COMMAND: readonly string[] = ["cli/index"];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly homepage?: string;
  readonly repository?: string | { readonly url: string };
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

const manifest = await manifestAt(root);

/** Imports that esbuild adds to keep the order of evaluation: it makes no difference here, and bundlers warn of them. */
const BARE_IMPORT = /^import "\.[^"]+";\n/gm;

/**
 * Writes entries that belong together, each as one file, and their shared code into files beside them: a few files load
 * far faster than thirty. Code that entries of another call share with these is written again there; an entry imports
 * other entries from their own files. Names and lines stay as in src/ without its comments: people can read the package,
 * and a stack trace names its place.
 *
 * @returns the folders of the bundled packages, which are no dependencies
 */
export async function bundle(outdir: string, entries: readonly string[]): Promise<ReadonlySet<string>> {
  const folder = dirname(entries[0]!);
  const outside: Plugin = {
    name: "outside",
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
        const name = relative(join(root, "src"), join(resolveDir, path)).replace(/\.ts$/, "");
        if (kind === "entry-point" || entries.includes(name)) return undefined;
        if (![...CLIENT, ...ENDPOINT].includes(name)) return undefined;
        return { path: `${relative(folder, name)}.js`, external: true };
      });
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        kind !== "entry-point" && isInstalled(path) ? { path, external: true } : undefined,
      );
    },
  };
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((name) => `src/${name}.ts`),
    outdir,
    outbase: root,
    // All in one folder, so that one relative path to another entry is right in each.
    chunkNames: join("src", folder, "shared-[hash]"),
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    // Unused parts of ES modules can be left out, and ES modules need no `require`, which a bundle lacks.
    mainFields: ["module", "main"],
    conditions: ["module"],
    target: "node20",
    // Shorter expressions, which take 2 kB from the package; names and lines stay.
    minifySyntax: true,
    plugins: [BUILTINS, outside],
  });
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, path.endsWith(".js") ? text.replace(BARE_IMPORT, "") : text);
  }
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return new Set(files.map(packageFolder).filter((name) => name !== undefined));
}

/** Turns a `require` of Node's own modules inside CommonJS packages into an import: an ES module has no `require`. */
const BUILTINS: Plugin = {
  name: "builtins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "require-call" && builtinModules.includes(path) ? { path, namespace: "builtin" } : undefined,
    );
    onLoad({ filter: /./, namespace: "builtin" }, ({ path }) => ({
      contents: `import builtin from "node:${path}"; module.exports = builtin;`,
    }));
  },
};

/** The folder of the package that a file belongs to; undefined for the project's own. */
function packageFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** Whether a module is present wherever the package is installed. */
export function isInstalled(name: string): boolean {
  // Node 20 does not list node:sqlite. The code imports it only where it exists.
  if (name.startsWith("node:") || builtinModules.includes(name)) return true;
  return packageOf(name) in { ...manifest.dependencies, ...manifest.peerDependencies };
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Licences whose text differs between packages only by the holder of the copyright. */
const SHORT_LICENCES: readonly string[] = ["MIT", "ISC", "BSD-3-Clause"];

/** The notice of a bundled package: its author, the address of its source, and a short licence in full. */
export async function noticeOf(folder: string): Promise<string> {
  const { name, version, license, repository, homepage } = await manifestAt(join(root, folder));
  const url = (typeof repository === "string" ? repository : repository?.url) ?? homepage ?? "";
  const source = url
    .replace(/^github:/, "https://github.com/")
    .replace(/^git(\+https)?:/, "https:")
    .replace(/\.git$/, "");
  const notice = `The files of this folder contain ${name} ${version}, ${license}, whose source is at ${source}`;
  if (!SHORT_LICENCES.includes(license)) return `${notice}\n`;
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  const text = await readFile(join(root, folder, file), "utf8");
  return `${notice}\n\n${text.trim()}\n`;
}

async function manifestAt(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}
