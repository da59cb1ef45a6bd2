/** Makes the folder of a case, and installs its tools once for all runs. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { installRuntime } from "../pack-test/runtimes.ts";
import { Failure, LeftOut, type Place, type RunOptions } from "./case.ts";
import { PINS, type Pin, RUNTIMES } from "./pins.ts";
import type { Service } from "./service.ts";

/** The longest that one program of a case may take, in milliseconds. */
const LONGEST = 300_000;

/** Returns a function that makes the place of a case. Installed tools are kept in the cache. */
export function placesIn(cache: string, tarball: string, service: Service) {
  /** Installs packages in a folder of their own, unless an earlier run did. @returns the folder */
  async function installed(...specs: string[]): Promise<string> {
    const folder = join(cache, createHash("sha256").update(specs.join(" ")).digest("hex").slice(0, 12));
    if (existsSync(join(folder, "complete"))) return folder;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }');
    if (specs.length > 0) {
      const flags = ["install", "--save-exact", "--no-audit", "--no-fund", "--ignore-scripts"];
      await execute("npm", [...flags, ...specs], { cwd: folder, env: {} }).catch((error: unknown) => {
        throw new LeftOut(`npm does not install ${specs.join(" ")}: ${error}`);
      });
    }
    await writeFile(join(folder, "complete"), specs.join("\n"));
    return folder;
  }

  return async function place(name: string, tools: readonly Pin[]): Promise<Place> {
    const shared = await installed(...tools.map((pin) => PINS[pin]));
    const slug = name.replace(/\W+/g, "-");
    const folder = join(shared, "cases", slug);
    await rm(folder, { recursive: true, force: true });
    // Named by its content, because npm's cache knows a file by its path.
    const bytes = await readFile(tarball);
    const subject = join(cache, `package-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}.tgz`);
    await writeFile(subject, bytes);
    await cp(join(await installed(subject), "node_modules"), join(folder, "node_modules"), { recursive: true });
    await write({ "package.json": '{ "private": true, "type": "module" }' });

    async function write(files: Readonly<Record<string, string>>): Promise<void> {
      for (const [file, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), text);
      }
    }
    const run = (program: string, args: readonly string[], { cwd = folder, env }: RunOptions = {}) =>
      execute(program, args, { cwd, env: { ...service.env, ...env } });

    return {
      folder,
      service,
      tarball: subject,
      write,
      run,
      node: (args, options) => run(process.execPath, args, options),
      tool: (pin, file) => join(shared, "node_modules", packageName(pin), file),
      async apart(beside) {
        const apart = join(cache, "apart", slug);
        await rm(apart, { recursive: true, force: true });
        await mkdir(join(apart, "node_modules"), { recursive: true });
        await writeFile(join(apart, "package.json"), '{ "private": true, "type": "module" }');
        if (beside === undefined) return apart;
        const from = join(await installed(PINS[beside]), "node_modules", packageName(beside));
        const to = join(apart, "node_modules", packageName(beside));
        await mkdir(dirname(to), { recursive: true });
        await symlink(from, to);
        return apart;
      },
      async runtime(kind) {
        const runtime = await installRuntime(RUNTIMES[kind], cache);
        if (!runtime) throw new LeftOut(`the registry has no ${RUNTIMES[kind]} for this machine`);
        return [runtime.command, ...runtime.args];
      },
    };
  };
}

function packageName(pin: Pin): string {
  return PINS[pin].slice(0, PINS[pin].lastIndexOf("@"));
}

/** Runs a program with no AWS variables but the given ones. @returns its output @throws Failure when it fails */
function execute(program: string, args: readonly string[], { cwd, env }: Required<RunOptions>): Promise<string> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|NODE_OPTIONS|npm_(config|package|lifecycle))/.test(name),
  );
  const quiet = {
    AWS_EC2_METADATA_DISABLED: "true",
    CI: "1",
    DO_NOT_TRACK: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    NO_COLOR: "1",
  };
  const child = spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(own), ...quiet, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  const end = () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL");
  const timer = setTimeout(end, LONGEST);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(printed);
      else reject(new Failure(`${printed.trim()}\nended with ${signal ?? code}`));
    });
  });
}
