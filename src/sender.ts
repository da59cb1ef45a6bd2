/** What all calls of one client share. */
import { Clock } from "./clock.ts";
import { limitsOf, type SendOptions } from "./config.ts";
import type { Contract } from "./contract.ts";
import { CredentialsSource } from "./credentials.ts";
import { type LogEntry, type Logger, tell } from "./log.ts";
import { RetryQuota } from "./retry.ts";
import type { SigningScope } from "./sign.ts";
import { fetchTransport, nodeTransport } from "./transport.ts";

/** What a sender is for. */
export interface Purpose {
  readonly scope: SigningScope;
  /** The errors that the document names. */
  readonly errors: Contract["errors"];
  /** Said when the host cannot be reached. */
  readonly unreachable?: string | undefined;
}

export type Sender = Readonly<ReturnType<typeof senderOf>>;

/** Throws a ConfigurationError or a CredentialsError when the options make no sense. */
export function senderOf(purpose: Purpose, options: SendOptions) {
  return {
    ...purpose,
    credentials: new CredentialsSource(options.credentials),
    limits: limitsOf(options),
    transport: options.fetch ? fetchTransport(options.fetch) : nodeTransport(),
    clock: new Clock(),
    quota: new RetryQuota(),
    logger: options.logger && guarded(options.logger),
  };
}

/** A logger whose own failures are not the call's. */
function guarded(logger: Logger): Logger {
  const guard = (level: keyof Logger) => (entry: LogEntry) => void tell(() => logger[level](entry));
  return { debug: guard("debug"), warn: guard("warn") };
}
