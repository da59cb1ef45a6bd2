/** What a command is, and how its help reads. */
import type { Arguments, Options } from "./arguments.ts";

/** What a command is run with beside its arguments. */
export interface Context {
  /** Aborts at the first SIGINT (Ctrl-C) or SIGTERM. */
  readonly signal: AbortSignal;
}

/** A command of `packaging-jobs`. */
export interface Command<O extends Options = Options> {
  /** What goes behind `packaging-jobs`, for example `import FILE...`. */
  readonly usage: string;
  /** What it does, in a line or two. */
  readonly summary: string;
  readonly options: O;
  /** What else there is to know, in a line or two. */
  readonly notes?: string;
  /** Lines to type. */
  readonly examples: readonly string[];
  /** Resolves to the exit code. */
  run(args: Arguments<O>, context: Context): Promise<number>;
}

/** Options of every command. */
export const COMMON = {
  debug: { help: "tell each request, and errors in full" },
  help: { help: "print this" },
} as const satisfies Options;

/** Gives a command's `run` the types of its options. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}

/** The help of a command. It fits a screen of 80 by 24. */
export function helpOf({ usage, summary, options, notes, examples }: Command): string {
  const rows = Object.entries(options).map(([name, { value, help }]) => [
    `--${name}${value === undefined ? "" : ` ${value}`}`,
    help,
  ]);
  const width = Math.max(...rows.map(([option]) => option!.length));
  return [
    `Usage: packaging-jobs ${usage}`,
    summary,
    "",
    ...rows.map(([option, help]) => `  ${option!.padEnd(width)}  ${help}`),
    "",
    ...(notes === undefined ? [] : [notes, ""]),
    ...examples.map((example) => `  $ packaging-jobs ${example}`),
    "",
  ].join("\n");
}
