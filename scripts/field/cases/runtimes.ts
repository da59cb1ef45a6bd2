/** Runtimes: each lists over node:http and over its own `fetch`, and retries connections that fail. */
import { type Case, expect } from "../case.ts";
import { startFaults } from "../faults.ts";
import { RUNTIMES, type RuntimeName } from "../pins.ts";
import { LIST, LIST_BY_FETCH, LIST_FUNCTION, LIST_REQUIRED, LISTED, RETRY, RETRY_FUNCTION } from "../programs.ts";

const LISTS = { "list.mjs": LIST, "required.cjs": LIST_REQUIRED, "fetch.mjs": LIST_BY_FETCH };

/** Runs a program beside servers that fail. The program must get past each fault, and name it when it stays. */
async function expectRetries(run: (env: { FAULTS: string }) => Promise<string>, refused: string): Promise<void> {
  const faults = await startFaults();
  try {
    expect(
      await run({ FAULTS: JSON.stringify(faults.urls) }),
      `refused: 1, ${refused} after 3`,
      "reset before a response: 1, ECONNRESET after 3",
      "cut off in the body: 1, ECONNRESET after 3",
    );
  } finally {
    faults.close();
  }
}

const runOn = (name: RuntimeName): Case => ({
  name: `run on: ${name}`,
  at29f323b: name === "Deno" ? "fails" : "control",
  async run(place) {
    await place.write({ ...LISTS, "retry.mjs": RETRY });
    const [program, ...args] = await place.runtime(name);
    for (const file of Object.keys(LISTS)) expect(await place.run(program, [...args, file]), LISTED);
    for (const over of ["node:http", "fetch"])
      await expectRetries((env) => place.run(program, [...args, "retry.mjs", over], { env }), "ECONNREFUSED");
    return `${LISTED} over node:http, by import and by require(), and over fetch; three faults were retried over both`;
  },
});

/** Bundled as wrangler bundles it, with Node's modules left to the runtime. */
const WORKERD = `import { build } from "esbuild";
import { Miniflare } from "miniflare";
const { outputFiles } = await build({
  entryPoints: [process.argv[2]],
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["workerd", "worker", "browser"],
  external: ["node:*"],
  write: false,
});
const names = /^(AWS_(ENDPOINT_URL_LOOKOUTVISION|REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY)|FAULTS)$/;
const miniflare = new Miniflare({
  modules: [{ type: "ESModule", path: "worker.mjs", contents: outputFiles[0].text }],
  compatibilityDate: "2026-06-01",
  compatibilityFlags: ["nodejs_compat"],
  bindings: Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name))),
});
const response = await miniflare.dispatchFetch("http://worker.test/");
console.log(await response.text());
await miniflare.dispose();
`;

const worker = (functions: string, result: string) => `${functions}
export default { fetch: async () => new Response(await ${result}) };
`;

const WORKERS = {
  "list.mjs": worker(LIST_FUNCTION, "list()"),
  "fetch.mjs": worker(LIST_FUNCTION, "list({ fetch: globalThis.fetch })"),
};

const workerd: Case = {
  name: "run on: workerd",
  at29f323b: "fails",
  tools: ["miniflare", "esbuild"],
  async run(place) {
    await place.write({ ...WORKERS, "retry.mjs": worker(RETRY_FUNCTION, "retry({})"), "run.mjs": WORKERD });
    const [program, ...args] = await place.runtime("Node 24");
    for (const file of Object.keys(WORKERS)) expect(await place.run(program, [...args, "run.mjs", file]), LISTED);
    // workerd does not tell a refused connection from a lost one.
    await expectRetries((env) => place.run(program, [...args, "run.mjs", "retry.mjs"], { env }), "ECONNRESET");
    return `${LISTED} over its fetch, by default and when given; three faults were retried`;
  },
};

export const RUN_ON: readonly Case[] = [...(Object.keys(RUNTIMES) as RuntimeName[]).map(runOn), workerd];
