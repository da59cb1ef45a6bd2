/** Sends a request until it is answered: signs each attempt afresh, repeats what may be repeated, stops in time. */
import { readError, requestIdOf, unreadable } from "./answer.ts";
import type { Stamp } from "./clock.ts";
import type { Credentials } from "./credentials.ts";
import { NetworkError, TimeoutError } from "./errors.ts";
import { Limit, type OnStop } from "./limit.ts";
import { redact, redactError, type Secrets, secretsOf } from "./redact.ts";
import type { Reply } from "./reply.ts";
import { type OutgoingRequest, type PlainRequest, readRequest, signedRequest } from "./request.ts";
import { hintOf, markOf, networkFaultOf, type RetryKind, RetrySession, retryKindOf } from "./retry.ts";
import type { Sender } from "./sender.ts";

/** What goes for one call. */
export interface Call {
  /** Whether a request may be sent again when its error does not say so. @default true but for POST and PATCH */
  readonly repeatable?: boolean | undefined;
  /** The caller's signals. @default the request's own */
  readonly signals?: readonly AbortSignal[];
  /** In milliseconds. @default the client's */
  readonly timeout?: number | undefined;
  /** Whether a success holds what it should; one that does not is asked for again. @default any does */
  readonly accepts?: ((reply: Reply) => boolean) | undefined;
  /** How many requests have been sent so far: written for the caller to read. */
  attempts?: number;
}

/** What came of one attempt: what the call ends with if it was the last, and why it need not be. */
interface Outcome {
  readonly end: Reply | Error;
  readonly kind?: RetryKind | undefined;
  readonly hint?: number | undefined;
  readonly mended?: "clock" | "credentials" | undefined;
}

/** The answer to a request; an error of the service is an answer too. Rejects when there is none, or none in time. */
export async function send(sender: Sender, request: Request | PlainRequest, call: Call = {}): Promise<Reply> {
  const { limits, logger } = sender;
  const limit = new Limit(
    call.timeout ?? limits.timeout,
    call.signals ?? ("signal" in request ? [request.signal] : []),
  );
  const session = new RetrySession({ quota: sender.quota, maxAttempts: limits.maxAttempts });
  const unsigned = await readRequest(request, limit);
  // Once for each call, so that no answer keeps it going.
  const mendedBefore = new Set<string>();

  for (;;) {
    const attempt = session.attempt;
    call.attempts = attempt;
    const { end, kind, hint, mended } = await attemptOnce(sender, unsigned, call, limit, attempt);
    if (mended !== undefined && !mendedBefore.has(mended) && session.mended()) {
      mendedBefore.add(mended);
      logger?.warn({ event: "retry", attempt, because: mended, delay: 0 });
      continue;
    }
    if (kind !== undefined) {
      const decision = session.failed(kind, hint, limit.remaining);
      if ("delay" in decision) {
        logger?.warn({ event: "retry", attempt, because: kind, delay: Math.round(decision.delay) });
        await limit.run("the next attempt", (onStop) => pause(decision.delay, onStop));
        continue;
      }
      logger?.warn({ event: "giveUp", attempt, because: decision.stop });
    }
    if (end instanceof Error) throw end;
    if (end.ok) session.succeeded();
    return end;
  }
}

async function attemptOnce(
  sender: Sender,
  unsigned: OutgoingRequest,
  call: Call,
  limit: Limit,
  attempt: number,
): Promise<Outcome> {
  const { clock, errors, limits } = sender;
  const { repeatable = !/^(POST|PATCH)$/.test(unsigned.method) } = call;
  const credentials =
    sender.credentials.current ?? (await limit.run("credentials", () => sender.credentials.refresh()));
  const stamp = clock.stamp();
  const count = { number: attempt, most: limits.maxAttempts };
  const request = signedRequest(unsigned, sender.scope, credentials, stamp.dated, count);
  const secrets = () => secretsOf(credentials, request.headers.authorization);
  const log = (error?: string, reply?: Reply) =>
    sender.logger?.debug({
      event: "attempt",
      method: request.method,
      url: request.url.href,
      attempt,
      ms: clock.stamp().sent - stamp.sent,
      ...(reply && { status: reply.status, requestId: requestIdOf(reply) }),
      ...(error !== undefined && { error }),
    });

  let reply: Reply;
  try {
    const answered = (onStop: OnStop) => sender.transport.send(request, onStop);
    reply = await limit.run(`an answer from ${request.url.origin}`, answered, limits.attemptTimeout);
    // A Response can hold no other.
    if (reply.status < 200 || reply.status > 599) throw new Error(`HTTP has no status ${reply.status}`);
  } catch (error) {
    const { failure, transient } = unanswered(sender, request, error, attempt, secrets());
    log(limit.aborted ? "aborted" : "code" in failure ? failure.code : failure.name);
    limit.throwIfAborted();
    return { end: failure, kind: transient && repeatable && limit.remaining > 0 ? "transient" : undefined };
  }

  if (reply.ok && (call.accepts?.(reply) ?? true)) {
    log(undefined, reply);
    return { end: reply };
  }
  reply = reply.mapText((text) => redact(text, secrets()));
  if (reply.ok) {
    log("unreadable", reply);
    return { end: unreadable(reply, { attempts: attempt }), kind: repeatable ? "transient" : undefined };
  }
  const { code } = readError(reply, reply.jsonIfAny() ?? reply.text());
  log(code, reply);
  const shape = code !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
  return {
    end: reply,
    kind: repeatable ? retryKindOf(code, reply.status, shape) : markOf(shape),
    hint: hintOf(reply),
    mended: mend(sender, reply, code, credentials, stamp),
  };
}

/** Sets right on this side what the answer says is wrong. */
function mend(
  { credentials, clock }: Sender,
  reply: Reply,
  code: string | undefined,
  used: Credentials,
  stamp: Stamp,
): Outcome["mended"] {
  if (code === "ExpiredTokenException" || code === "ExpiredToken")
    return credentials.forget(used) ? "credentials" : undefined;
  return clock.correct(reply, code, stamp) ? "clock" : undefined;
}

/** The error for an attempt without an answer, and whether another may fare better. */
function unanswered(
  sender: Sender,
  { url }: OutgoingRequest,
  error: unknown,
  attempts: number,
  secrets: Secrets,
): { failure: NetworkError | TimeoutError; transient: boolean } {
  const advice = sender.unreachable ?? "Is this the right address, and does a server run there?";
  if (error instanceof TimeoutError)
    return { failure: new TimeoutError(`${error.message} ${advice}`, { attempts }), transient: true };
  const { code, reason, transient } = networkFaultOf(error);
  const message = `No whole answer from ${url.origin}: ${redact(reason, secrets)}. ${advice}`;
  return { failure: new NetworkError(message, { code, cause: redactError(error, secrets), attempts }), transient };
}

function pause(delay: number, onStop: OnStop): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delay);
    onStop(() => clearTimeout(timer));
  });
}
