/** The retry loop: makes attempts until one of them ends the call, or the deadline does. */
import { attemptOnce } from "./attempt.ts";
import type { Context } from "./context.ts";
import { Deadline, type OnStop } from "./deadline.ts";
import { type PlainRequest, readRequest } from "./request.ts";
import type { PlainResponse } from "./response.ts";
import type { Cause, RetryKind } from "./retry.ts";

/** How the retry loop treats one call. */
export interface Call {
  /** Whether a request may be sent again when its error does not say so. @default true except for POST and PATCH */
  readonly repeatable?: boolean | undefined;
  /** The caller's signals. @default the request's own */
  readonly signals?: readonly AbortSignal[];
  /** Milliseconds for the call. @default the client's */
  readonly timeout?: number | undefined;
  /** Whether the body of a success is as the caller expects. Other bodies are retried. @default any body is accepted */
  readonly accepts?: ((response: PlainResponse) => boolean) | undefined;
}

export interface Sent {
  readonly response: PlainResponse;
  /** How many requests were sent for the call. */
  readonly attempts: number;
}

/** Sends a request and resolves to the response, whatever its status. Rejects when no response arrives in time. */
export async function send(
  context: Context,
  request: Request | PlainRequest,
  { repeatable, signals, timeout, accepts }: Call = {},
): Promise<Sent> {
  const { limits, logger, quota } = context;
  const { maxAttempts } = limits;
  const deadline = new Deadline(timeout ?? limits.timeout, signals ?? ("signal" in request ? [request.signal] : []));
  const outgoing = await readRequest(request, deadline);
  const call = {
    request: outgoing,
    deadline,
    accepts,
    repeatable: repeatable ?? !/^(POST|PATCH)$/.test(outgoing.method),
  };
  // A call corrects each local state once: otherwise a server could keep the call going for ever.
  const correctedBefore = new Set<Cause>();
  let lastRetry: RetryKind | undefined;

  for (let attempt = 1; ; attempt++) {
    const { end, kind, retryAfter, corrected } = await attemptOnce(context, { ...call, number: attempt });
    if (corrected !== undefined && !correctedBefore.has(corrected) && attempt < maxAttempts) {
      correctedBefore.add(corrected);
      logger?.warn({ event: "retry", attempt, because: corrected, delay: 0 });
      continue;
    }
    if (kind !== undefined) {
      const next = quota.grant({ kind, attempt, maxAttempts, retryAfter, remaining: deadline.remaining });
      if (typeof next === "number") {
        lastRetry = kind;
        logger?.warn({ event: "retry", attempt, because: kind, delay: Math.round(next) });
        await deadline.run("the next attempt", (onStop) => pause(next, onStop));
        continue;
      }
      logger?.warn({ event: "giveUp", attempt, because: next });
    }
    if (end instanceof Error) throw end;
    if (end.ok) quota.refund(lastRetry);
    return { response: end, attempts: attempt };
  }
}

function pause(delay: number, onStop: OnStop): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delay);
    onStop(() => clearTimeout(timer));
  });
}
