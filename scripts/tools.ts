/** Runs command-line tools of node_modules by their own files: no shell or npx has to find them. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** How a tool ended. */
export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a package's command from the root of the project and collects what it prints. */
export async function runTool(
  packageName: string,
  args: readonly string[],
  command = packageName,
): Promise<ToolResult> {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === "string" ? bin : bin[command];
  if (!script) throw new Error(`${packageName} has no command ${command}`);
  return run(process.execPath, [join(folder, script), ...args]);
}

/** Redocly's CLI without telemetry, update checks and the boxes that it draws around its announcements. */
export async function redocly(args: readonly string[]): Promise<ToolResult> {
  const { code, stdout, stderr } = await runTool("@redocly/cli", args, "redocly");
  return { code, stdout, stderr: stderr.replace(/^ *[╔║╚].*\n/gm, "").trimStart() };
}

/** Runs a program and collects what it prints. */
export function run(program: string, args: readonly string[], cwd = root): Promise<ToolResult> {
  const env = {
    ...process.env,
    FORCE_COLOR: undefined,
    NO_COLOR: "1",
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
