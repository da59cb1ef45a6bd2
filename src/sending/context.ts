/** The context: the objects that all calls of a client share. */
import type { Contract } from "../contract/contract.ts";
import { CredentialsSource } from "../signing/credentials.ts";
import type { SigningScope } from "../signing/signer.ts";
import { Clock } from "./clock.ts";
import { guarded, type Logger } from "./log.ts";
import { limitsOf, type SendOptions } from "./options.ts";
import { Secrets } from "./redact.ts";
import { RetryQuota } from "./retry.ts";
import { fetchTransport, isWorkerd, nodeTransport, type Transport } from "./transport.ts";

export interface Context {
  readonly scope: SigningScope;
  /** The errors that the document names. */
  readonly errors: Contract["errors"];
  /** Advice for when the host cannot be reached. */
  readonly unreachable?: string | undefined;
  readonly credentials: CredentialsSource;
  readonly secrets: Secrets;
  readonly limits: ReturnType<typeof limitsOf>;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly quota: RetryQuota;
  readonly logger: Logger | undefined;
}

/**
 * Makes the context of a client.
 * @throws ConfigurationError or CredentialsError for an invalid option
 */
export function contextOf(service: Pick<Context, "scope" | "errors" | "unreachable">, options: SendOptions): Context {
  const limits = limitsOf(options);
  const { maxResponseBytes } = limits;
  return {
    ...service,
    credentials: new CredentialsSource(options.credentials),
    secrets: new Secrets(),
    limits,
    transport:
      options.fetch || isWorkerd() ? fetchTransport(options.fetch, maxResponseBytes) : nodeTransport(maxResponseBytes),
    clock: new Clock(),
    quota: new RetryQuota(),
    logger: options.logger && guarded(options.logger),
  };
}
