/** Bundlers: the build has no warning, and the bundle lists in a folder without packages. */
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Case, expect, Failure, type Place } from "../case.ts";
import type { Pin } from "../pins.ts";
import { ADVICE, LIST_AND_OPEN, LISTED, OPENED } from "../programs.ts";

/** Without top-level await, which CommonJS does not have. */
export const ENTRY = `${LIST_AND_OPEN}
listAndOpen().then(console.log);
`;

/** A bundler: the script of a build that prints its warnings, and the file that it writes. */
interface Bundler {
  readonly name: string;
  readonly tools: readonly Pin[];
  readonly at29f323b: Case["at29f323b"];
  readonly script: string;
  readonly bundle: string;
}

const webpackLike = (name: string) => `import packer from "${name}";
const options = {
  mode: "production",
  target: "node20",
  entry: "./entry.mjs",
  output: { path: process.cwd() + "/out", filename: "bundle.cjs" },
};
packer.${name === "webpack" ? "webpack" : "rspack"}(options, (error, stats) => {
  if (error) throw error;
  for (const { message } of stats.toJson({ all: false, warnings: true, errors: true }).warnings) console.log("warning:", message);
  for (const { message } of stats.toJson({ all: false, errors: true }).errors) console.log("warning:", message);
});
`;

const esbuild = (format: string, extension: string) => `import { build } from "esbuild";
const { warnings } = await build({
  entryPoints: ["entry.mjs"],
  outfile: "out/bundle.${extension}",
  bundle: true,
  platform: "node",
  format: "${format}",
  logLevel: "silent",
});
for (const { text } of warnings) console.log("warning:", text);
`;

const ROLLUP = `import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
const build = await rollup({
  input: "entry.mjs",
  external: /^node:/,
  plugins: [nodeResolve({ exportConditions: ["node"], preferBuiltins: true }), commonjs()],
  onwarn: ({ message }) => console.log("warning:", message),
});
await build.write({ dir: "out", format: "es", entryFileNames: "bundle.mjs" });
`;

const VITE = `import { build, createLogger } from "vite";
const warn = (message) => console.log("warning:", message);
await build({
  logLevel: "warn",
  customLogger: { ...createLogger("silent"), warn, warnOnce: warn },
  ssr: { noExternal: true },
  build: { ssr: "entry.mjs", outDir: "out", rollupOptions: { output: { entryFileNames: "bundle.mjs" } } },
});
`;

const NCC = `import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";
const ncc = createRequire(import.meta.url)("@vercel/ncc");
const { code, assets } = await ncc(process.cwd() + "/entry.mjs", { quiet: true });
mkdirSync("out", { recursive: true });
writeFileSync("out/bundle.mjs", code);
for (const [name, { source }] of Object.entries(assets)) writeFileSync("out/" + name, source);
`;

const BUNDLERS: readonly Bundler[] = [
  {
    name: "esbuild to CommonJS",
    tools: ["esbuild"],
    at29f323b: "control",
    script: esbuild("cjs", "cjs"),
    bundle: "bundle.cjs",
  },
  {
    name: "esbuild to ESM",
    tools: ["esbuild"],
    at29f323b: "fails",
    script: esbuild("esm", "mjs"),
    bundle: "bundle.mjs",
  },
  { name: "webpack", tools: ["webpack"], at29f323b: "fails", script: webpackLike("webpack"), bundle: "bundle.cjs" },
  { name: "rspack", tools: ["rspack"], at29f323b: "fails", script: webpackLike("@rspack/core"), bundle: "bundle.cjs" },
  {
    name: "Rollup",
    tools: ["rollup", "rollup-resolve", "rollup-commonjs"],
    at29f323b: "fails",
    script: ROLLUP,
    bundle: "bundle.mjs",
  },
  { name: "Vite for SSR", tools: ["vite"], at29f323b: "control", script: VITE, bundle: "bundle.mjs" },
  { name: "ncc", tools: ["ncc"], at29f323b: "control", script: NCC, bundle: "bundle.mjs" },
];

/** Builds the bundle. @returns the folder of the bundle @throws Failure when the build warns */
async function build(place: Place, { script }: Bundler): Promise<string> {
  await place.write({ "entry.mjs": ENTRY, "build.mjs": script });
  const said = await place.node(["build.mjs"]);
  if (/warn/i.test(said)) throw new Failure(said);
  return join(place.folder, "out");
}

const listing = BUNDLERS.map(
  (bundler): Case => ({
    name: `bundled: ${bundler.name}`,
    at29f323b: bundler.at29f323b,
    tools: bundler.tools,
    async run(place) {
      const built = await build(place, bundler);
      const folder = await place.apart();
      await cp(built, folder, { recursive: true });
      expect(await place.node([bundler.bundle], { cwd: folder }), LISTED, OPENED);
      return `${LISTED} where no package is installed, no warning`;
    },
  }),
);

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

/** Without keys, the bundle finds AWS's providers when they are installed beside it, or says what to install. */
const providers = BUNDLERS.filter(({ name }) => ["esbuild to ESM", "webpack", "ncc"].includes(name)).map(
  (bundler): Case => ({
    name: `bundled: ${bundler.name}, AWS's providers beside it`,
    at29f323b: "fails",
    tools: bundler.tools,
    async run(place) {
      const built = await build(place, bundler);
      const missing = await place.apart();
      await cp(built, missing, { recursive: true });
      expect(await place.node([bundler.bundle], { cwd: missing, env: NO_KEYS }), ADVICE);
      const found = await place.apart("aws-providers-2026");
      await cp(built, found, { recursive: true });
      const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = place.service.env;
      const profile = `[default]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\n`;
      await writeFile(join(found, "credentials"), profile);
      const env = { ...NO_KEYS, AWS_SHARED_CREDENTIALS_FILE: join(found, "credentials") };
      expect(await place.node([bundler.bundle], { cwd: found, env }), LISTED);
      return "found when installed, else the advice";
    },
  }),
);

export const BUNDLED: readonly Case[] = [...listing, ...providers];
