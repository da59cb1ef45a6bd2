#!/usr/bin/env node
/** The command `packaging-jobs`: finds the subcommand, and tells how it ended by its exit code. */
import { version } from "../version.ts";
import { type Options, readArguments, suggestion } from "./arguments.ts";
import { type Command, helpOf } from "./command.ts";
import { EXIT, failureOf, Interruption, inFull, UsageError } from "./failure.ts";
import { print } from "./stdout.ts";

const PROGRAM = "packaging-jobs";

/** Loaded when called: listing needs no store. */
const COMMANDS: Readonly<Record<string, () => Promise<{ default: Command }>>> = {
  list: () => import("./list.ts"),
  import: () => import("./import.ts"),
  serve: () => import("./serve.ts"),
};

const HELP = `Usage: ${PROGRAM} COMMAND [options]
ListModelPackagingJobs of Amazon Lookout for Vision, which AWS has ended.

  serve   answer the operation from a database, as AWS did
  import  put saved inventories into that database
  list    list the packaging jobs of a project

  $ ${PROGRAM} COMMAND --help
  $ ${PROGRAM} --version
`;

async function main([name = "--help", ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  if (name === "--help" || name === "-h" || name === "help") return print(HELP).then(() => EXIT.ok);
  if (name === "--version") return print(`${PROGRAM} ${version}\n`).then(() => EXIT.ok);
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new UsageError(`There is no command ${name}${suggestion(name, Object.keys(COMMANDS))}`);
    const { default: command } = await load();
    const given = readArguments<Options>(command.options, args);
    if (given.values.help) return await print(helpOf(command)).then(() => EXIT.ok);
    return await command.run(given, { signal });
  } catch (error) {
    // What a stuck reader has not taken would keep the process waiting.
    if (error instanceof Interruption) process.exit(error.exit);
    const { exit, message } = failureOf(error, name in COMMANDS ? `${PROGRAM} ${name}` : PROGRAM);
    process.stderr.write(`${message}\n${args.includes("--debug") ? `${inFull(error)}\n` : ""}`);
    return exit;
  }
}

// A reader that has enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  process.stderr.write(`${PROGRAM}: cannot write the output: ${error.message}\n`);
  process.exit(EXIT.other);
});

const interrupting = new AbortController();
for (const [name, exit] of Object.entries({ SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated }))
  process.on(name, () => {
    // The second one does not wait for what the first one has to bring to an end.
    if (interrupting.signal.aborted) process.exit(exit);
    interrupting.abort(new Interruption(exit));
  });

process.exitCode = await main(process.argv.slice(2), interrupting.signal);
