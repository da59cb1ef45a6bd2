/** Runtimes: what lists over node:http, and what over the runtime's own fetch. */
import { type Case, expect } from "../case.ts";
import { RUNTIMES, type RuntimeName } from "../pins.ts";
import { LIST, LIST_BY_FETCH, LIST_REQUIRED, LISTED } from "../programs.ts";

const PROGRAMS = { "list.mjs": LIST, "required.cjs": LIST_REQUIRED, "fetch.mjs": LIST_BY_FETCH };

const runOn = (name: RuntimeName): Case => ({
  name: `run on: ${name}`,
  at29f323b: "control",
  async run(place) {
    await place.write(PROGRAMS);
    const [program, ...args] = await place.runtime(name);
    for (const file of Object.keys(PROGRAMS)) expect(await place.run(program, [...args, file]), LISTED);
    return `${LISTED} over node:http, by import and by require(), and over fetch`;
  },
});

/** Bundled as wrangler bundles it, with Node's modules left to the runtime. */
const WORKERD = `import { build } from "esbuild";
import { Miniflare } from "miniflare";
const { outputFiles } = await build({
  entryPoints: ["worker.mjs"],
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["workerd", "worker", "browser"],
  external: ["node:*"],
  write: false,
});
const { AWS_ENDPOINT_URL_LOOKOUTVISION, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const miniflare = new Miniflare({
  modules: [{ type: "ESModule", path: "worker.mjs", contents: outputFiles[0].text }],
  compatibilityDate: "2026-06-01",
  compatibilityFlags: ["nodejs_compat"],
  bindings: { AWS_ENDPOINT_URL_LOOKOUTVISION, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY },
});
const response = await miniflare.dispatchFetch("http://worker.test/");
console.log(await response.text());
await miniflare.dispose();
`;

const WORKER = (program: string) => `${program.replace(/^list\(.*$/m, "")}
export default {
  async fetch() {
    ${program.includes("fetch: globalThis.fetch") ? "const options = { fetch: (request) => fetch(request) };" : "const options = {};"}
    return new Response(await list(options));
  },
};
`;

const workerd = (over: "node:http" | "fetch", program: string): Case => ({
  name: `run on: workerd, over ${over}`,
  at29f323b: "fails",
  tools: ["miniflare", "esbuild"],
  async run(place) {
    await place.write({ "worker.mjs": WORKER(program), "run.mjs": WORKERD });
    const [program_, ...args] = await place.runtime("Node 24");
    expect(await place.run(program_, [...args, "run.mjs"]), LISTED);
    return LISTED;
  },
});

export const RUN_ON: readonly Case[] = [
  ...(Object.keys(RUNTIMES) as RuntimeName[]).map(runOn),
  workerd("node:http", LIST),
  workerd("fetch", LIST_BY_FETCH),
];
