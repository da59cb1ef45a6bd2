/** Sends a request until it is answered: signs each attempt afresh, repeats what may be repeated, stops in time. */

import { NetworkError, TimeoutError } from "../errors.ts";
import { sign } from "../signing/signer.ts";
import { readError, requestIdOf, unreadable } from "./aws-error.ts";
import type { Context } from "./context.ts";
import { Deadline, type OnStop } from "./deadline.ts";
import { redact, redactError, secretsOf } from "./redact.ts";
import { type OutgoingRequest, type PlainRequest, readRequest } from "./request.ts";
import type { PlainResponse } from "./response.ts";
import { type Cause, causeOf, markOf, networkFaultOf, type RetryKind, retryAfterOf, retryKindOf } from "./retry.ts";

/** What goes for one call. */
export interface Call {
  /** Whether a request may be sent again when its error does not say so. @default true but for POST and PATCH */
  readonly repeatable?: boolean | undefined;
  /** The caller's signals. @default the request's own */
  readonly signals?: readonly AbortSignal[];
  /** In milliseconds. @default the client's */
  readonly timeout?: number | undefined;
  /** Whether a success holds what it should; one that does not is asked for again. @default any does */
  readonly accepts?: ((reply: PlainResponse) => boolean) | undefined;
  /** How many requests have been sent so far: written for the caller to read. */
  attempts?: number;
}

/** What came of one attempt: what the call ends with if it was the last, and why it need not be. */
interface Outcome {
  readonly end: PlainResponse | Error;
  readonly kind?: RetryKind | undefined;
  readonly hint?: number | undefined;
  /** What was wrong on this side, and is right now. */
  readonly mended?: Exclude<Cause, RetryKind> | undefined;
}

/** The answer to a request; an error of the service is an answer too. Rejects when there is none, or none in time. */
export async function send(sender: Context, request: Request | PlainRequest, call: Call = {}): Promise<PlainResponse> {
  const { limits, logger, quota } = sender;
  const { maxAttempts } = limits;
  const limit = new Deadline(
    call.timeout ?? limits.timeout,
    call.signals ?? ("signal" in request ? [request.signal] : []),
  );
  const unsigned = await readRequest(request, limit);
  // Once for each call, so that no answer keeps it going.
  const mendedBefore = new Set<Cause>();
  let lastRetry: RetryKind | undefined;

  for (let attempt = 1; ; attempt++) {
    call.attempts = attempt;
    const { end, kind, hint, mended } = await attemptOnce(sender, unsigned, call, limit, attempt);
    if (mended !== undefined && !mendedBefore.has(mended) && attempt < maxAttempts) {
      mendedBefore.add(mended);
      logger?.warn({ event: "retry", attempt, because: mended, delay: 0 });
      continue;
    }
    if (kind !== undefined) {
      const next = quota.retry({ kind, attempt, maxAttempts, hint, remaining: limit.remaining });
      if (typeof next === "number") {
        lastRetry = kind;
        logger?.warn({ event: "retry", attempt, because: kind, delay: Math.round(next) });
        await limit.run("the next attempt", (onStop) => pause(next, onStop));
        continue;
      }
      logger?.warn({ event: "giveUp", attempt, because: next });
    }
    if (end instanceof Error) throw end;
    if (end.ok) quota.refund(lastRetry);
    return end;
  }
}

async function attemptOnce(
  sender: Context,
  unsigned: OutgoingRequest,
  call: Call,
  limit: Deadline,
  attempt: number,
): Promise<Outcome> {
  const { clock, errors, limits } = sender;
  const { method, url } = unsigned;
  const { repeatable = !/^(POST|PATCH)$/.test(method) } = call;
  const credentials =
    sender.credentials.current ?? (await limit.run("credentials", () => sender.credentials.refresh()));
  const stamp = clock.stamp();
  const counted = { ...unsigned.headers, "amz-sdk-request": `attempt=${attempt}; max=${limits.maxAttempts}` };
  const headers = sign({ ...unsigned, headers: counted }, sender.scope, credentials, stamp.dated);
  const secrets = () => secretsOf(credentials, headers.authorization);
  const log = (error?: string, reply?: PlainResponse) =>
    sender.logger?.debug({
      event: "attempt",
      method,
      url: url.href,
      attempt,
      ms: clock.stamp().sent - stamp.sent,
      ...(reply && { status: reply.status, requestId: requestIdOf(reply) }),
      ...(error !== undefined && { error }),
    });

  let reply: PlainResponse;
  try {
    const answered = (onStop: OnStop) => sender.transport.send({ ...unsigned, headers }, onStop);
    reply = await limit.run(`an answer from ${url.origin}`, answered, limits.attemptTimeout);
    // A Response can hold no other.
    if (reply.status < 200 || reply.status > 599) throw new Error(`HTTP has no status ${reply.status}`);
  } catch (error) {
    const { aborted } = limit;
    const { failure, transient } = unanswered(sender, url, error, attempt, secrets());
    log(aborted ? "aborted" : "code" in failure ? failure.code : failure.name);
    if (aborted) throw aborted.reason;
    return { end: failure, kind: transient && repeatable && limit.remaining > 0 ? "transient" : undefined };
  }

  if (reply.ok && (call.accepts?.(reply) ?? true)) {
    log(undefined, reply);
    return { end: reply };
  }
  const found = secrets();
  reply = reply.map((text) => redact(text, found));
  if (reply.ok) {
    log("unreadable", reply);
    return { end: unreadable(reply, attempt), kind: repeatable ? "transient" : undefined };
  }
  const { code, shape } = readError(errors, reply, reply.json() ?? reply.text());
  log(code, reply);
  const cause = causeOf(code);
  const isMended =
    (cause === "credentials" && sender.credentials.forget(credentials)) ||
    (cause === "clock" && clock.correct(reply, stamp));
  return {
    end: reply,
    kind: repeatable ? retryKindOf(code, reply.status, shape) : markOf(shape),
    hint: retryAfterOf(reply),
    mended: isMended ? cause : undefined,
  };
}

/** The error for an attempt without an answer, and whether another may fare better. */
function unanswered(
  sender: Context,
  { origin }: URL,
  error: unknown,
  attempts: number,
  secrets: RegExp,
): { failure: NetworkError | TimeoutError; transient: boolean } {
  const advice = sender.unreachable ?? "Is this the right address, and does a server run there?";
  if (error instanceof TimeoutError)
    return { failure: new TimeoutError(`${error.message} ${advice}`, { attempts }), transient: true };
  const { code, reason, transient } = networkFaultOf(error);
  const message = `No whole answer from ${origin}: ${redact(reason, secrets)}. ${advice}`;
  return { failure: new NetworkError(message, { code, cause: redactError(error, secrets), attempts }), transient };
}

function pause(delay: number, onStop: OnStop): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delay);
    onStop(() => clearTimeout(timer));
  });
}
