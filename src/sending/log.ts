/** An entry for a logger. It holds no header, credential or body. */
export type LogEntry =
  | {
      readonly event: "attempt";
      readonly method: string;
      readonly url: string;
      /** From 1. */
      readonly attempt: number;
      /** Milliseconds from the signature to the response, read whole, or to the failure. */
      readonly ms: number;
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
      /** The error's name, of the service or of the system. */
      readonly error?: string | undefined;
    }
  | {
      readonly event: "retry";
      readonly attempt: number;
      /** The retry kind, or the local state that was corrected. */
      readonly because: "transient" | "throttling" | "clock" | "credentials";
      /** Milliseconds until the next attempt. */
      readonly delay: number;
    }
  | {
      readonly event: "giveUp";
      readonly attempt: number;
      readonly because: "attempts" | "quota" | "timeout";
    };

/** Takes log entries, one object each. `console` and a pino logger fit. */
export interface Logger {
  debug(entry: LogEntry): void;
  warn(entry: LogEntry): void;
}

/** Runs a logger. A failure of the logger becomes a process warning: it must not fail the call that it reports. */
export async function tell(log: () => void): Promise<void> {
  try {
    await log();
  } catch (error) {
    process.emitWarning(`The logger failed: ${error}`);
  }
}

/** Wraps a logger, so that a failure of it does not fail the call. */
export function guarded(logger: Logger): Logger {
  const guard = (level: keyof Logger) => (entry: LogEntry) => void tell(() => logger[level](entry));
  return { debug: guard("debug"), warn: guard("warn") };
}
