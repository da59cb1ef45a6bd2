/** Runs the command line on a pseudo-terminal. */
import { type IPty, spawn } from "@lydell/node-pty";
import { command, environment, scratch } from "./cli.ts";

export const CTRL_C = "\x03";
export const ESCAPE = "\x1b";
/** To the start of the line, which is cleared. */
export const CLEAR = `\r${ESCAPE}[K`;
/** The cleared lines that progress leaves on a slow machine. */
const PROGRESS = new RegExp(`\\r${ESCAPE}\\[K([\\d,]+ jobs, [\\d,]+ pages, [\\d,]+ jobs/s)?`, "g");

/** The output but for progress. */
export const settled = (output: string): string => output.replace(PROGRESS, "");

/** A command on a terminal. */
export interface Session {
  /** All that the terminal was sent until now, line feeds without carriage returns. */
  readonly output: string;
  /** Types. */
  type(text: string): void;
  /** Waits until the output holds this; rejects when the command ends without it. */
  shows(expected: RegExp): Promise<void>;
  /** The exit code, once the command has ended. */
  readonly ended: Promise<number>;
}

/** Starts the command on a terminal of so many columns. */
export function onTerminal(
  args: readonly string[],
  { env, columns = 80 }: { env?: Readonly<Record<string, string | undefined>>; columns?: number } = {},
): Session {
  const terminal: IPty = spawn(process.execPath, [command, ...args], {
    name: env?.TERM ?? "xterm-256color",
    cols: columns,
    rows: 24,
    cwd: scratch,
    env: { ...environment, ...env },
  });
  let output = "";
  let done = false;
  const watchers = new Set<() => void>();
  const look = () => {
    for (const watch of watchers) watch();
  };
  terminal.onData((data) => {
    output += data.replaceAll("\r\n", "\n");
    look();
  });
  const ended = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode }) => {
      done = true;
      look();
      resolve(exitCode);
    });
  });
  return {
    get output() {
      return output;
    },
    type: (text) => terminal.write(text),
    shows: (expected) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (expected.test(output)) resolve();
          else if (done) reject(new Error(`It ended without ${expected}:\n${output}`));
          else return;
          watchers.delete(watch);
        };
        watchers.add(watch);
        watch();
      }),
    ended,
  };
}
