/** Runs the command line on a pseudo-terminal. */
import { type IPty, spawn } from "@lydell/node-pty";
import { command, environment, scratch } from "./cli.ts";

export const CTRL_C = "\x03";
export const ESCAPE = "\x1b";
/** The escape sequence that clears the line. */
export const CLEAR = `\r${ESCAPE}[K`;
/** Matches the progress lines, which appear on a slow machine. */
const PROGRESS = new RegExp(`\\r${ESCAPE}\\[K([\\d,]+ jobs, [\\d,]+ pages, [\\d,]+ jobs/s)?`, "g");

/** The output without progress lines. */
export const settled = (output: string): string => output.replace(PROGRESS, "");

/** A command on a terminal. */
export interface Session {
  /** The output until now, with line feeds only. */
  readonly output: string;
  /** Types keys. */
  type(text: string): void;
  /** Waits until the output contains a text. Rejects when the command ends before. */
  shows(expected: RegExp): Promise<void>;
  /** The exit code, once the command has ended. */
  readonly ended: Promise<number>;
}

/** Starts the command on a terminal. */
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
