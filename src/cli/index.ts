#!/usr/bin/env node
/** The command `packaging-jobs`: finds the subcommand, and tells how it ended by its exit code. */
import { inspect } from "node:util";
import { version } from "../version.ts";
import { type Command, readArguments } from "./arguments.ts";
import { EXIT, failureOf, UsageError } from "./failure.ts";
import { tell } from "./one-line.ts";
import { suggestion } from "./suggestion.ts";

/** Loaded when called: listing needs no store. */
const COMMANDS = new Map<string, () => Promise<Command>>([
  ["list", () => import("./commands/list.ts")],
  ["import", () => import("./commands/import.ts")],
  ["serve", () => import("./commands/serve.ts")],
]);

const HELP = `Usage: packaging-jobs COMMAND [options]
ListModelPackagingJobs of Amazon Lookout for Vision, which AWS has ended.

  serve   answer the operation from a database, as AWS did
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
    const given = readArguments(command, args);
    if (given.values.help) process.stdout.write(command.help);
    else await command.run(given, signal);
  } catch (error) {
    // Output that a stuck reader has not taken would keep the process waiting.
    if (signal.aborted && error === signal.reason) process.exit(signal.reason);
    const { exit, message } = failureOf(error, COMMANDS.has(name) ? `packaging-jobs ${name}` : "packaging-jobs");
    tell(message);
    // Stack and causes included. No error of this package holds a secret.
    if (args.includes("--debug")) tell(inspect(error, { depth: 4 }));
    process.exitCode = exit;
  }
}

// The reader of the log may end before its writer: an endpoint goes on.
process.stderr.on("error", () => {});
// A reader that has enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  tell(`packaging-jobs: cannot write the output: ${error.message}`);
  process.exit(EXIT.other);
});

/** Its reason is the exit code. */
const interrupting = new AbortController();
for (const [name, exit] of Object.entries({ SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated }))
  process.on(name, () => {
    // The second one does not wait for what the first one has to bring to an end.
    if (interrupting.signal.aborted) process.exit(exit);
    interrupting.abort(exit);
  });

await main(process.argv.slice(2), interrupting.signal);
