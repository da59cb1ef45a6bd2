import type { Socket } from "node:net";
import { tell } from "../../sending/log.ts";
import { type Logger, writeCaught } from "./call-log.ts";

/** Makes a handler of an event that never throws or rejects. */
export type Guard = <Subject, Rest extends unknown[]>(
  socketOf: (subject: Subject) => Socket,
  handle: (subject: Subject, ...rest: Rest) => void | Promise<void>,
) => (subject: Subject, ...rest: Rest) => Promise<void>;

/**
 * The last line of defence: an error that a handler throws or rejects with ends its socket and is logged. It would end
 * the process otherwise.
 */
export function guard(logger: Logger | undefined): Guard {
  return (socketOf, handle) =>
    async (subject, ...rest) => {
      try {
        await handle(subject, ...rest);
      } catch (error) {
        socketOf(subject).destroy();
        tell(() => writeCaught(logger, error));
      }
    };
}
