/** Sends a request until it is answered: signs each attempt afresh, repeats what may be repeated, stops in time. */
import { randomUUID } from "node:crypto";
import { readError, requestIdOf, unreadable } from "./answer.ts";
import type { Clock, Stamp } from "./clock.ts";
import type { Limits } from "./config.ts";
import type { ErrorShape } from "./contract.ts";
import type { Credentials, CredentialsSource } from "./credentials.ts";
import { NetworkError, TimeoutError } from "./errors.ts";
import { Limit, type OnStop } from "./limit.ts";
import type { Logger } from "./log.ts";
import { redact, redactError, type Secrets, secretsOf } from "./redact.ts";
import type { BufferedResponse } from "./response.ts";
import { hintOf, markOf, networkFaultOf, type RetryKind, type RetryQuota, RetrySession, retryKindOf } from "./retry.ts";
import { type SigningScope, sign } from "./sign.ts";
import type { SignedRequest, Transport } from "./transport.ts";
import { version } from "./version.ts";

/** What all calls of one client share. */
export interface Sender {
  readonly scope: SigningScope;
  readonly credentials: CredentialsSource;
  readonly limits: Limits;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly quota: RetryQuota;
  readonly errors: Readonly<Record<string, ErrorShape>>;
  /** Said when the host cannot be reached. */
  readonly unreachable?: string | undefined;
  readonly logger?: Logger | undefined;
}

/** What goes for one call. */
export interface Call {
  /** Whether a request may be sent again when its error does not say so. @default true but for POST and PATCH */
  readonly repeatable?: boolean;
  /** The caller's signals. @default the request's own */
  readonly signals?: readonly AbortSignal[];
  /** In milliseconds. @default the client's */
  readonly timeout?: number | undefined;
  /** Whether a success holds what it should; one that does not is asked for again. @default any does */
  readonly accepts?: (response: BufferedResponse) => boolean;
  /** How many requests have been sent so far: written for the caller to read. */
  attempts?: number;
}

/** What came of one attempt that may be worth another. */
interface Failed {
  readonly kind: RetryKind | undefined;
  readonly hint?: number | undefined;
  readonly mended?: "clock" | "credentials" | undefined;
  /** What the call ends with if this was the last attempt. */
  readonly end: () => BufferedResponse;
}

const USER_AGENT = `lookout-packaging-jobs/${version} node/${process.versions.node}`;

/** The answer to a request; an error of the service is an answer too. Rejects when there is none, or none in time. */
export async function send(sender: Sender, request: Request, call: Call = {}): Promise<BufferedResponse> {
  const { limits, logger } = sender;
  const limit = new Limit(call.timeout ?? limits.timeout, call.signals ?? [request.signal]);
  const session = new RetrySession({ quota: sender.quota, maxAttempts: limits.maxAttempts });
  const unsigned = await readRequest(request, limit);
  // Once for each call, so that no answer keeps it going.
  const mendedBefore = new Set<string>();

  for (;;) {
    call.attempts = session.attempt;
    const outcome = await attempt(sender, unsigned, call, limit);
    if (!("end" in outcome)) {
      session.succeeded();
      return outcome;
    }
    const { kind, hint, mended, end } = outcome;
    if (mended !== undefined && !mendedBefore.has(mended) && session.mended()) {
      mendedBefore.add(mended);
      logger?.warn({ event: "retry", attempt: call.attempts, because: mended, delay: 0 });
      continue;
    }
    if (kind === undefined) return end();
    const decision = session.failed(kind, hint, limit.remaining);
    if ("stop" in decision) {
      logger?.warn({ event: "giveUp", attempt: call.attempts, because: decision.stop });
      return end();
    }
    logger?.warn({ event: "retry", attempt: call.attempts, because: kind, delay: Math.round(decision.delay) });
    await limit.run("the next attempt", (onStop) => pause(decision.delay, onStop));
  }
}

async function attempt(
  sender: Sender,
  unsigned: SignedRequest,
  call: Call,
  limit: Limit,
): Promise<BufferedResponse | Failed> {
  const { clock, errors, limits } = sender;
  const { attempts = 1, repeatable = !/^(POST|PATCH)$/.test(unsigned.method) } = call;
  const credentials =
    sender.credentials.current ?? (await limit.run("credentials", () => sender.credentials.refresh()));
  const stamp = clock.stamp();
  const request = signed(sender, unsigned, credentials, stamp, attempts);
  const log = (facts: { status?: number; requestId?: string | undefined; error?: string | undefined }) => {
    const { method, url } = request;
    const ms = clock.stamp().sent - stamp.sent;
    sender.logger?.debug({ event: "attempt", method, url: url.href, attempt: attempts, ms, ...facts });
  };

  const secrets = () => secretsOf(credentials, request.headers.authorization);

  let response: BufferedResponse;
  try {
    const answered = (onStop: OnStop) => sender.transport.send(request, onStop);
    response = await limit.run(`an answer from ${request.url.origin}`, answered, limits.attemptTimeout);
  } catch (error) {
    const { failure, transient } = unanswered(sender, request, error, attempts, secrets());
    log({ error: limit.aborted ? "aborted" : "code" in failure ? failure.code : failure.name });
    limit.throwIfAborted();
    return {
      kind: transient && repeatable && limit.remaining > 0 ? "transient" : undefined,
      end: () => {
        throw failure;
      },
    };
  }

  const requestId = requestIdOf(response.headers);
  if (response.ok && (call.accepts?.(response) ?? true)) {
    log({ status: response.status, requestId });
    return response;
  }
  response = response.mapText((text) => redact(text, secrets()));
  const { code } = readError(response.headers, response.peekJson() ?? response.peekText());
  log({ status: response.status, requestId, error: response.ok ? "unreadable" : code });
  if (response.ok)
    return {
      kind: repeatable ? "transient" : undefined,
      end: () => {
        throw unreadable(response, { attempts });
      },
    };
  const shape = code !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
  return {
    kind: repeatable ? retryKindOf(code, response.status, shape) : markOf(shape),
    hint: hintOf(response.headers),
    mended: mend(sender, response, code, credentials, stamp),
    end: () => response,
  };
}

function pause(delay: number, onStop: OnStop): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delay);
    onStop(() => clearTimeout(timer));
  });
}

/** Sets right on this side what the answer says is wrong. */
function mend(
  { credentials, clock }: Sender,
  response: BufferedResponse,
  code: string | undefined,
  used: Credentials,
  stamp: Stamp,
): Failed["mended"] {
  if (code === "ExpiredTokenException" || code === "ExpiredToken")
    return credentials.forget(used) ? "credentials" : undefined;
  return clock.correct(response.headers, code, stamp) ? "clock" : undefined;
}

async function readRequest(request: Request, limit: Limit): Promise<SignedRequest> {
  const url = new URL(request.url);
  const body = request.body
    ? Buffer.from(await limit.run("the request's body", () => request.arrayBuffer()))
    : undefined;
  const headers: Record<string, string> = {
    host: url.host,
    "user-agent": USER_AGENT,
    "amz-sdk-invocation-id": randomUUID(),
    ...(body && { "content-length": String(body.length) }),
  };
  for (const [name, value] of request.headers) headers[name] = value;
  return { method: request.method, url, headers, body };
}

function signed(
  sender: Sender,
  unsigned: SignedRequest,
  credentials: Credentials,
  stamp: Stamp,
  number: number,
): SignedRequest {
  const { method, url, body } = unsigned;
  const headers = { ...unsigned.headers, "amz-sdk-request": `attempt=${number}; max=${sender.limits.maxAttempts}` };
  const signable = { method, path: url.pathname, query: url.search.slice(1), headers, body };
  return { method, url, body, headers: sign(signable, sender.scope, credentials, stamp.dated) };
}

/** The error for an attempt without an answer, and whether another may fare better. */
function unanswered(
  sender: Sender,
  { url }: SignedRequest,
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
