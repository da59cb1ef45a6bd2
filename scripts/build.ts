/** `npm run build`: dist/ from src/ and generated/ — ES modules and declarations. */
import { chmod, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { bundle, CLIENT, COMMAND, ENDPOINT, isInstalled, noticeOf } from "./bundle.ts";
import { root } from "./tools.ts";

const dist = join(root, "dist");
const LIBRARY = [...CLIENT, ...ENDPOINT];

/** `from "./x.ts"` or `import("./x.ts")`, which TypeScript does not rewrite in declarations. */
const RELATIVE_IMPORT = /((?:\bfrom\s*|\bimport\(\s*)["']\.{1,2}\/[^"']+)\.ts(["'])/g;

await rm(dist, { recursive: true, force: true });
declare();
await dropUnreachedDeclarations();
const inside = new Set<string>();
for (const entries of [CLIENT, ENDPOINT, COMMAND]) for (const folder of await bundle(dist, entries)) inside.add(folder);
await checkDeclarations();
await refuseBrowsers();
await chmod(join(dist, "src/cli/index.js"), 0o755);
const notices = await Promise.all([...inside].map(noticeOf));
await writeFile(join(dist, "LIBRARIES.txt"), `${notices.join("\n")}\n`);

/** Writes the module that browser bundlers take in place of an entry: it exports the same names and throws. */
async function refuseBrowsers(): Promise<void> {
  const { exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    exports: Record<string, string | { default: string }>;
  };
  const names = new Set<string>();
  for (const target of Object.values(exports))
    if (typeof target === "object")
      for (const name of Object.keys(await import(pathToFileURL(join(root, target.default)).href))) names.add(name);
  const message =
    "lookout-packaging-jobs runs on a server, not in a browser: it signs with secret keys, which a page would show to everybody.";
  const text = `throw new Error(\n  "${message}",\n);\nexport let ${[...names].sort().join(", ")};\n`;
  await writeFile(join(dist, "src/browser.js"), text);
}

/** TypeScript's own declarations, file by file. Ends the process when a type is wrong. */
function declare(): void {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    LIBRARY.map((name) => join(root, `src/${name}.ts`)),
    {
      ...options,
      noEmit: false,
      noEmitOnError: true,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: root,
      outDir: dist,
    },
  );
  const { diagnostics } = program.emit(undefined, (file, text) => {
    ts.sys.writeFile(file, text.replace(RELATIVE_IMPORT, "$1.js$2"));
  });
  const found = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (found.length === 0) return;
  const host = {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name: string) => name,
    getNewLine: () => "\n",
  };
  console.error(ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(found), host));
  process.exit(1);
}

/** Keeps the declarations that the library's own import, directly or not. */
async function dropUnreachedDeclarations(): Promise<void> {
  const reached = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (reached.has(file)) return;
    reached.add(file);
    const { importedFiles } = ts.preProcessFile(await readFile(file, "utf8"), true, true);
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith(".")) await visit(join(dirname(file), fileName.replace(/\.js$/, ".d.ts")));
    }
  };
  for (const name of LIBRARY) await visit(join(dist, `src/${name}.d.ts`));
  for (const file of await filesOf(".d.ts")) if (!reached.has(file)) await rm(file);
}

/** Checks that no declaration names a package that users do not have. The bundler checks the code. */
async function checkDeclarations(): Promise<void> {
  for (const file of await filesOf(".d.ts")) {
    const { importedFiles } = ts.preProcessFile(await readFile(file, "utf8"), true, true);
    const missing = importedFiles.find(({ fileName }) => !fileName.startsWith(".") && !isInstalled(fileName));
    if (missing) throw new Error(`${relative(root, file)} imports ${missing.fileName}, which is no dependency`);
  }
}

async function filesOf(extension: string): Promise<string[]> {
  const names = await readdir(dist, { recursive: true });
  return names.filter((name) => name.endsWith(extension)).map((name) => join(dist, name));
}
