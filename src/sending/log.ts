/** What a logger is told. No entry holds a header, a credential or a body. */
export type LogEntry =
  | {
      readonly event: "attempt";
      readonly method: string;
      readonly url: string;
      /** From 1. */
      readonly attempt: number;
      /** Milliseconds from sending to the last byte or the failure. */
      readonly ms: number;
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
      /** The error's name, of the service or of the system. */
      readonly error?: string | undefined;
    }
  | {
      readonly event: "retry";
      readonly attempt: number;
      /** Why: the kind of the fault, or what was mended. */
      readonly because: "transient" | "throttling" | "clock" | "credentials";
      /** Milliseconds until the next attempt. */
      readonly delay: number;
    }
  | {
      readonly event: "giveUp";
      readonly attempt: number;
      readonly because: "attempts" | "quota" | "timeout";
    };

/** Where log entries go, one object each: `console` will do, and so will pino. */
export interface Logger {
  debug(entry: LogEntry): void;
  warn(entry: LogEntry): void;
}

/** Tells a logger. Should it fail, a warning of the process says so: the failure is not that of what it is told about. */
export async function tell(log: () => void): Promise<void> {
  try {
    await log();
  } catch (error) {
    process.emitWarning(`The logger failed: ${error}`);
  }
}
