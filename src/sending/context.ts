/** What all calls of one client share. */

import type { Contract } from "../contract/contract.ts";
import { CredentialsSource } from "../signing/credentials.ts";
import type { SigningScope } from "../signing/signer.ts";
import { Clock } from "./clock.ts";
import { type LogEntry, type Logger, tell } from "./log.ts";
import { limitsOf, type SendOptions } from "./options.ts";
import { RetryQuota } from "./retry.ts";
import { fetchTransport, nodeTransport } from "./transport.ts";

/** What a sender is for. */
export interface Purpose {
  readonly scope: SigningScope;
  /** The errors that the document names. */
  readonly errors: Contract["errors"];
  /** Said when the host cannot be reached. */
  readonly unreachable?: string | undefined;
}

export type Context = Readonly<ReturnType<typeof contextOf>>;

/** Throws a ConfigurationError or a CredentialsError when the options make no sense. */
export function contextOf(purpose: Purpose, options: SendOptions) {
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
