/** `npm run build`: dist/ from src/ and generated/ — ES modules, declarations and source maps. */
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import ts from "typescript";
import { root } from "./tools.ts";

const dist = join(root, "dist");
const command = join(dist, "src/cli");
/** What users import; beside it there is the command. Only what these reach is built. */
const LIBRARY = ["index", "client", "sigv4", "endpoint/index"];

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly homepage?: string;
  readonly repository?: string | { readonly url: string };
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

const manifest = await manifestAt(root);

/** `from "./x.ts"` or `import("./x.ts")`, which TypeScript rewrites in code but not in declarations. */
const RELATIVE_IMPORT = /((?:\bfrom\s*|\bimport\(\s*)["']\.{1,2}\/[^"']+)\.ts(["'])/g;

await rm(dist, { recursive: true, force: true });
compile();
await dropUnreachedDeclarations();
await shrinkLibrary();
await bundleCommand();
await checkImports();

/** TypeScript's own output, file by file, with `./x.ts` written as `./x.js` in code and declarations alike. */
function compile(): void {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    [...LIBRARY, "cli/index"].map((name) => join(root, `src/${name}.ts`)),
    { ...options, noEmit: false, noEmitOnError: true, declaration: true, sourceMap: true, rootDir: root, outDir: dist },
  );
  const { diagnostics } = program.emit(undefined, (file, text) => {
    ts.sys.writeFile(file, file.endsWith(".d.ts") ? text.replace(RELATIVE_IMPORT, "$1.js$2") : text);
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

/** Keeps the declarations that those of the library lead to. */
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

/**
 * The code's comments and indentation are for those who read src/; what callers need of them stands in the declarations.
 * Names and short lines stay, so that a stack trace still tells where it was.
 */
async function shrinkLibrary(): Promise<void> {
  await build({
    entryPoints: (await filesOf(".js")).filter((file) => !file.startsWith(command)),
    outdir: dist,
    outbase: dist,
    allowOverwrite: true,
    format: "esm",
    target: "node20",
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 100,
    sourcemap: true,
    sourcesContent: false,
  });
}

/**
 * The command as a few small files, with the libraries that only it uses inside them. Nobody imports it, so it is
 * minified; what it shares with the library it imports from there.
 */
async function bundleCommand(): Promise<void> {
  const notices = new Set<string>();
  const keepApart: Plugin = {
    name: "keep-apart",
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, async ({ path, kind, resolveDir }) => {
        if (kind === "entry-point") return undefined;
        if (isInstalled(path)) return { path, external: true };
        if (!path.startsWith(".")) {
          if (resolveDir.startsWith(dist)) notices.add(await noticeOf(path));
          return undefined;
        }
        const file = resolve(resolveDir, path);
        if (!file.startsWith(dist) || file.startsWith(command)) return undefined;
        return { path: relative(command, file), external: true };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(command, "index.js")],
    outdir: command,
    bundle: true,
    splitting: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    plugins: [keepApart],
  });
  await rm(command, { recursive: true });
  await mkdir(command);
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  await writeFile(join(command, "LIBRARIES.txt"), `${[...notices].join("\n")}\n`);
  await chmod(join(command, "index.js"), 0o755);
}

/** What is no dependency of the package would be missing where it is installed. */
async function checkImports(): Promise<void> {
  for (const file of [...(await filesOf(".js")), ...(await filesOf(".d.ts"))]) {
    const { importedFiles } = ts.preProcessFile(await readFile(file, "utf8"), true, true);
    const missing = importedFiles.find(({ fileName }) => !fileName.startsWith(".") && !isInstalled(fileName));
    if (missing) throw new Error(`${relative(root, file)} imports ${missing.fileName}, which is no dependency`);
  }
}

async function filesOf(extension: string): Promise<string[]> {
  const names = await readdir(dist, { recursive: true });
  return names.filter((name) => name.endsWith(extension)).map((name) => join(dist, name));
}

function isInstalled(name: string): boolean {
  // Node 20 does not list node:sqlite, which the code asks for only where it is.
  if (name.startsWith("node:") || builtinModules.includes(name)) return true;
  return packageOf(name) in { ...manifest.dependencies, ...manifest.peerDependencies };
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Whose code it is, under which licence, and where its source is. */
async function noticeOf(name: string): Promise<string> {
  const { version, license, repository, homepage } = await manifestAt(join(root, "node_modules", packageOf(name)));
  const url = (typeof repository === "string" ? repository : repository?.url) ?? homepage ?? "";
  const source = url.replace(/^git(\+https)?:/, "https:").replace(/\.git$/, "");
  return `These files contain ${packageOf(name)} ${version}, ${license}, whose source is at ${source}`;
}

async function manifestAt(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}
