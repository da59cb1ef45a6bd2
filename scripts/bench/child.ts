/** Processes that measure or serve. Each peer has its own: no peer pays for another's garbage. */
import { fork } from "node:child_process";

/** Milliseconds after which a process ends: no benchmark takes that long, so its parent is gone. */
const LIFETIME = 60 * 60_000;

/** A process that answers questions, one at a time. */
export interface Child {
  ask<Answer>(question: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a compiled module that calls {@link answer}. */
export function start(file: string, args: readonly string[] = [], execArgv: readonly string[] = []): Child {
  const child = fork(file, args, { execArgv: [...execArgv], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ask: <Answer>(question: object) =>
      new Promise<Answer>((resolve, reject) => {
        const fail = () => reject(new Error(`${file} has ended before it answered`));
        child.once("exit", fail);
        child.once("message", ({ answer, error }: { answer: Answer; error?: string }) => {
          child.removeListener("exit", fail);
          if (error === undefined) resolve(answer);
          else reject(new Error(`${file}: ${error}`));
        });
        child.send(question);
      }),
    stop: () => {
      if (child.connected) child.disconnect();
      return gone;
    },
  };
}

/** The child's half: it answers each question of the parent, and ends when the parent does. */
export function answer<Question>(respond: (question: Question) => unknown): void {
  const send = (message: object) => process.send?.(message);
  process.on("message", (question: Question) => {
    Promise.resolve()
      .then(() => respond(question))
      .then(
        (answer) => send({ answer }),
        (error: unknown) => send({ error: error instanceof Error ? error.stack : String(error) }),
      );
  });
  process.once("disconnect", () => process.exit());
  setTimeout(() => process.exit(1), LIFETIME).unref();
}

/** The CPU that this process has used so far, in µs. */
export function cpuOf(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
