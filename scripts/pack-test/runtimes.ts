/** Runtimes for the tarball, as far as the npm registry has them for this machine. */
import { join } from "node:path";
import { run } from "../tools.ts";

/** A JavaScript runtime, and the store that the endpoint uses on it. */
export interface Runtime {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly store: string;
}

const { platform, arch } = process;
const bunArch = arch === "arm64" ? "aarch64" : arch;

/** The runtimes by kind: the npm package for this machine, the program in it, its arguments and the endpoint's store. */
const KNOWN: Record<string, { package: string; program: string; args?: readonly string[]; store?: string }> = {
  node: { package: `node-${platform}-${arch}`, program: "bin/node", store: "jobs.db" },
  bun: { package: `@oven/bun-${platform}-${bunArch}`, program: "bin/bun" },
  deno: {
    package: platform === "linux" ? `@deno/linux-${arch}-glibc` : `@deno/${platform}-${arch}`,
    program: "deno",
    args: ["run", "--allow-all", "--no-lock"],
  },
};

/** The Node that runs this program. */
export const current: Runtime = {
  name: `Node ${process.version}`,
  command: process.execPath,
  args: [],
  store: "jobs.db",
};

/** Installs a runtime, such as `node@22` or `bun`, in a folder. Undefined when the registry has none for this machine. */
export async function installRuntime(name: string, folder: string): Promise<Runtime | undefined> {
  const [kind = "", range = "latest"] = name.split("@");
  const known = KNOWN[kind];
  if (!known) throw new Error(`Unknown runtime ${name}: known are ${Object.keys(KNOWN).join(", ")}`);
  const prefix = join(folder, name.replace("@", "-"));
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefix", prefix];
  const { code } = await run("npm", ["install", ...flags, `${known.package}@${range}`], folder);
  const command = join(prefix, "node_modules", known.package, known.program);
  const version = code === 0 ? await run(command, ["--version"], folder).catch(() => undefined) : undefined;
  if (version?.code !== 0) return undefined;
  const [said = ""] = version.stdout.split("\n");
  return { name: `${kind} ${said}`, command, args: known.args ?? [], store: known.store ?? ":memory:" };
}
