/** Sends a request until it is answered: signs each attempt afresh, repeats what may be repeated, stops in time. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readError, requestIdOf, unreadable } from "./answer.ts";
import type { Clock, Stamp } from "./clock.ts";
import type { Limits } from "./config.ts";
import type { ErrorShape } from "./contract.ts";
import type { Credentials, CredentialsSource } from "./credentials.ts";
import { NetworkError, TimeoutError } from "./errors.ts";
import { Limit } from "./limit.ts";
import type { Logger } from "./log.ts";
import type { BufferedResponse } from "./response.ts";
import { hintOf, markOf, networkCodeOf, type RetryKind, type RetryQuota, RetrySession, retryKindOf } from "./retry.ts";
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
  const repeatable = call.repeatable ?? !/^(POST|PATCH)$/.test(request.method);
  const unsigned = await limit.run("the request's body", () => readRequest(request));
  const mended = new Set<string>();

  for (;;) {
    call.attempts = session.attempt;
    const outcome = await attempt(sender, unsigned, call, limit, mended, repeatable);
    if (!("end" in outcome)) {
      session.succeeded();
      return outcome;
    }
    const { kind, hint, mended: fixed, end } = outcome;
    if (fixed !== undefined && session.mended()) {
      mended.add(fixed);
      logger?.warn({ event: "retry", attempt: call.attempts, because: fixed, delay: 0 });
      continue;
    }
    if (kind === undefined) return end();
    const decision = session.failed(kind, hint, limit.remaining);
    if ("stop" in decision) {
      logger?.warn({ event: "giveUp", attempt: call.attempts, because: decision.stop });
      return end();
    }
    logger?.warn({ event: "retry", attempt: call.attempts, because: kind, delay: Math.round(decision.delay) });
    await limit.run("the next attempt", (signal) => sleep(decision.delay, undefined, { signal }));
  }
}

async function attempt(
  sender: Sender,
  unsigned: SignedRequest,
  call: Call,
  limit: Limit,
  mended: ReadonlySet<string>,
  repeatable: boolean,
): Promise<BufferedResponse | Failed> {
  const { clock, errors, limits, logger } = sender;
  const number = call.attempts ?? 1;
  const got = sender.credentials.get();
  const credentials = got instanceof Promise ? await limit.run("credentials", () => got) : got;
  const stamp = clock.stamp();
  const request = signed(sender, unsigned, credentials, stamp, number);
  const log = (facts: { status?: number; requestId?: string | undefined; error?: string | undefined }) => {
    const { method, url } = request;
    logger?.debug({
      event: "attempt",
      method,
      url: url.href,
      attempt: number,
      ms: clock.stamp().sent - stamp.sent,
      ...facts,
    });
  };

  let response: BufferedResponse;
  try {
    const answered = (signal: AbortSignal) => sender.transport.send(request, signal);
    response = await limit.run(`an answer from ${request.url.origin}`, answered, limits.attemptTimeout);
  } catch (error) {
    limit.throwIfAborted();
    const failure = failureOf(sender, request, error, number);
    const isNetwork = failure instanceof NetworkError;
    log({ error: (isNetwork && failure.code) || failure.name });
    const transient = isNetwork ? failure.code !== undefined : limit.remaining > 0;
    if (!transient || !repeatable) throw failure;
    return {
      kind: "transient",
      end: () => {
        throw failure;
      },
    };
  }

  const requestId = requestIdOf(response.headers);
  if (response.ok) {
    log({ status: response.status, requestId });
    if (!call.accepts || call.accepts(response)) return response;
    return {
      kind: repeatable ? "transient" : undefined,
      end: () => {
        throw unreadable(response, { attempts: number });
      },
    };
  }
  const { code } = readError(response);
  log({ status: response.status, requestId, error: code });
  const shape = code !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
  return {
    kind: repeatable ? retryKindOf(code, response.status, shape) : markOf(shape),
    hint: hintOf(response.headers, clock.stamp().dated),
    mended: mend(sender, response, code, credentials, stamp, mended),
    end: () => response,
  };
}

/** Sets right on this side what the answer says is wrong; once for each call, so that no answer keeps it going. */
function mend(
  sender: Sender,
  response: BufferedResponse,
  code: string | undefined,
  used: Credentials,
  stamp: Stamp,
  mended: ReadonlySet<string>,
): Failed["mended"] {
  if (code === "ExpiredTokenException" || code === "ExpiredToken") {
    sender.credentials.forget(used);
    return sender.credentials.refreshable && !mended.has("credentials") ? "credentials" : undefined;
  }
  return sender.clock.correct(response.headers, code, stamp) && !mended.has("clock") ? "clock" : undefined;
}

async function readRequest(request: Request): Promise<SignedRequest> {
  const url = new URL(request.url);
  const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
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

/** The name and message of an attempt without an answer. */
function failureOf(
  sender: Sender,
  { url }: SignedRequest,
  error: unknown,
  attempts: number,
): NetworkError | TimeoutError {
  if (error instanceof TimeoutError) return new TimeoutError(withAdvice(sender, error.message), { attempts });
  const code = networkCodeOf(error);
  const reason = code ?? (error instanceof Error ? error.message : String(error));
  const message = `No whole answer from ${url.origin}: ${reason}.`;
  return new NetworkError(withAdvice(sender, message), { code, cause: error, attempts });
}

function withAdvice(sender: Sender, message: string): string {
  return sender.unreachable === undefined ? message : `${message} ${sender.unreachable}`;
}
