#!/usr/bin/env node
/** The command `packaging-jobs`: runs the subcommand, and reports a failure by message and exit code. */
import { inspect } from "node:util";
import { version } from "../version.ts";
import { type Command, readArguments } from "./arguments.ts";
import { EXIT, failureOf, UsageError } from "./failure.ts";
import { tell } from "./one-line.ts";
import { suggestion } from "./suggestion.ts";

/** Each is imported when it is called: `list` needs no store. */
const COMMANDS = new Map<string, () => Promise<Command>>([
  ["list", () => import("./commands/list.ts")],
  ["import", () => import("./commands/import.ts")],
  ["serve", () => import("./commands/serve.ts")],
]);

const HELP = `Usage: packaging-jobs COMMAND [options]
ListModelPackagingJobs of Amazon Lookout for Vision, which AWS has ended.

  serve   serve the operation from a database, as AWS did
  import  put saved inventories into that database
  list    list the packaging jobs of a project

  $ packaging-jobs COMMAND --help
  $ packaging-jobs --version
`;

async function main([name = "--help", ...args]: readonly string[], signal: AbortSignal): Promise<void> {
  try {
    if (["--help", "-h", "help"].includes(name)) return void process.stdout.write(HELP);
    if (name === "--version") return void process.stdout.write(`packaging-jobs ${version}\n`);
    const load = COMMANDS.get(name);
    if (!load) throw new UsageError(`There is no command ${name}${suggestion(name, [...COMMANDS.keys()])}`);
    const command = await load();
    const read = readArguments(command, args);
    if (read.values.help) process.stdout.write(command.help);
    else await command.run(read, signal);
  } catch (error) {
    // Exits at once: output that a stuck reader does not take would keep the process alive.
    if (signal.aborted && error === signal.reason) process.exit(signal.reason);
    const { exit, message } = failureOf(error, COMMANDS.has(name) ? `packaging-jobs ${name}` : "packaging-jobs");
    tell(message);
    // With stack and causes, which hold no secret.
    if (args.includes("--debug")) tell(inspect(error, { depth: 4 }));
    process.exitCode = exit;
  }
}

// Ignored: an endpoint goes on when the reader of its log has ended.
process.stderr.on("error", () => {});
// EPIPE is no failure: a reader such as head ends when it has enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  tell(`packaging-jobs: cannot write the output: ${error.message}`);
  process.exit(EXIT.other);
});

/** Its abort reason is the exit code. */
const interrupting = new AbortController();
for (const [name, exit] of Object.entries({ SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated }))
  process.on(name, () => {
    // The second signal does not wait for the work that the first one ends.
    if (interrupting.signal.aborted) process.exit(exit);
    interrupting.abort(exit);
  });

await main(process.argv.slice(2), interrupting.signal);
