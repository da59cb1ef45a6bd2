/** Browser bundles: the page says in one sentence that the package runs on a server, and why. */
import { type Case, Failure } from "../case.ts";
import type { Pin } from "../pins.ts";
import { LIST } from "../programs.ts";

const SENTENCE = "lookout-packaging-jobs runs on a server, not in a browser: it signs with secret keys";

const BUILDS: Readonly<Record<string, { tools: readonly Pin[]; script: string }>> = {
  esbuild: {
    tools: ["esbuild"],
    script: `import { build } from "esbuild";
await build({ entryPoints: ["list.mjs"], outfile: "out/bundle.js", bundle: true, platform: "browser", logLevel: "silent" });
`,
  },
  webpack: {
    tools: ["webpack"],
    script: `import webpack from "webpack";
const output = { path: process.cwd() + "/out", filename: "bundle.js" };
webpack({ mode: "production", target: "web", entry: "./list.mjs", output }, (error, stats) => {
  const [first] = stats?.toJson({ all: false, errors: true }).errors ?? [];
  if (error || first) throw error ?? new Error(first.message);
});
`,
  },
  Vite: {
    tools: ["vite"],
    script: `import { build } from "vite";
const output = { entryFileNames: "bundle.js" };
await build({ logLevel: "silent", build: { outDir: "out", rollupOptions: { input: "list.mjs", output } } });
`,
  },
};

export const BROWSER: readonly Case[] = Object.entries(BUILDS).map(([name, { tools, script }]) => ({
  name: `in a browser bundle: ${name}`,
  at29f323b: "fails",
  tools,
  async run(place) {
    await place.write({ "list.mjs": LIST, "build.mjs": script });
    await place.node(["build.mjs"]);
    const said = await place.node(["out/bundle.js"]).catch(String);
    if (!said.includes(SENTENCE)) throw new Failure(`not that sentence, but ${said}`);
    return `the page says "${SENTENCE} …"`;
  },
}));
