/** Runs the command from its source, against an endpoint with the fixture's jobs. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as assert from "uvu/assert";
import { type Endpoint, importInventory, openStore, registerCollection, serve } from "../../src/endpoint/index.ts";
import { opened } from "./open-servers.ts";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));
export const inventory: string = join(root, "test/fixtures/cli/inventory.json");
export const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI" };

/** The outcome of a command. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of a run. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly cwd?: string;
  /** The file of the command. @default the project's */
  readonly command?: string;
}

/** A folder that is removed when the process ends. It is also the command's home, so that it reads no real profile. */
export const scratch: string = mkdtempSync(join(tmpdir(), "packaging-jobs-cli-"));
/**
 * Bundles the command, which then starts four times as fast as by tsx, into a folder where it finds storage engines.
 * @param generated The folder of the generated code. @default the project's
 * @returns the path of the command
 */
export async function bundled(generated?: string): Promise<string> {
  const folder = mkdtempSync(join(root, "node_modules", ".cli-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // As deep below the root as src/cli/, so that the command finds the sample.
  await bundle({ index: "cli/index.ts" }, join(folder, "cli"), generated);
  return join(folder, "cli", "index.mjs");
}

/** Bundles sources of `src/`, keyed by the names of the modules to write. */
export async function bundle(
  sources: Readonly<Record<string, string>>,
  outdir: string,
  generated: string = join(root, "generated"),
): Promise<void> {
  await build({
    plugins: [
      {
        name: "generated",
        setup: ({ onResolve }) =>
          onResolve({ filter: /\/generated\/[\w-]+\.ts$/ }, ({ path }) => ({ path: join(generated, basename(path)) })),
      },
    ],
    entryPoints: Object.fromEntries(Object.entries(sources).map(([name, file]) => [name, join(root, "src", file)])),
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    external: ["libsql", "pg", "@aws-sdk/credential-providers"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    outExtension: { ".js": ".mjs" },
    sourcemap: true,
  });
}
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** The file of the command. */
export const command: string = await bundled();

/** The whole environment of the command, to which a test may add variables. */
export const environment: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  HOME: scratch,
  TZ: "UTC",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** The variables that the lines of `serve` set in a shell. */
export function pasted({ url, region }: Endpoint): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_LOOKOUTVISION: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

/** A command that has not ended after this many milliseconds is killed: one that serves by mistake would never end. */
const LONGEST_RUN = 90_000;

/** Starts the command. It is killed when its test has ended. */
export function start(args: readonly string[], { env, cwd = scratch, command: file = command }: RunOptions = {}) {
  const child = spawn(process.execPath, [file, ...args], { cwd, env: { ...environment, ...env }, stdio: "pipe" });
  opened({ close: async () => void child.kill("SIGKILL") });
  return child;
}

/** Runs the command to its end. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = start(args, options);
  child.stdin.end(options.input ?? "");
  const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_RUN);
  try {
    return await ended(child);
  } finally {
    clearTimeout(timer);
  }
}

/** Collects what a program prints until it ends. */
export function ended(child: ReturnType<typeof start>): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** An endpoint with the fixture's jobs, and a project without any. */
export async function serveFixture(): Promise<Endpoint> {
  const store = await openStore();
  await importInventory(store, [inventory]);
  await registerCollection(store, "empty");
  return serve({ store, credentials });
}

/** Replaces page tokens in an output, because they differ each time. */
export function withoutPageTokens(output: string): string {
  return output.replace(/[A-Za-z0-9+/]{40,}={0,2}/g, (token) => {
    const text = Buffer.from(token, "base64").toString();
    if (!text.startsWith('{"NextToken": ')) return "<page token>";
    return `<${text.replace(/"[A-Za-z0-9+/]{40,}={0,2}"/, "page token")}>`;
  });
}

/** Compares an output with a file of `test/fixtures/cli/golden`. UPDATE_GOLDEN=1 writes the file: check its changes. */
export async function golden(name: string, output: string): Promise<void> {
  const file = join(root, "test/fixtures/cli/golden", name);
  if (process.env.UPDATE_GOLDEN) await writeFile(file, output);
  assert.fixture(output, await readFile(file, "utf8"));
}
