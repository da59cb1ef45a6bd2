/** One attempt of a call: signs the request, sends it, and reads the outcome. */
import type { CredentialsError } from "../errors.ts";
import { sign } from "../signing/signer.ts";
import type { Context } from "./context.ts";
import { abortReasonOf, type Deadline, type OnStop } from "./deadline.ts";
import { requestIdOf, retryAfterOf } from "./headers.ts";
import { networkError } from "./network-error.ts";
import { readError } from "./read-error.ts";
import type { OutgoingRequest } from "./request.ts";
import type { PlainResponse } from "./response.ts";
import { type Cause, causeOf, markOf, type RetryKind, retryKindOf } from "./retry.ts";
import { unreadable } from "./unknown-error.ts";

export interface Attempt {
  /** From 1. */
  readonly number: number;
  readonly request: OutgoingRequest;
  readonly deadline: Deadline;
  /** Whether the request may be sent again when its error does not say so. */
  readonly repeatable: boolean;
  /** Whether the body of a success is as the caller expects; undefined when the caller takes any response. */
  readonly accepts: ((response: PlainResponse) => boolean) | undefined;
}

export interface Outcome {
  /** The result of the call, should this attempt be its last. */
  readonly end: PlainResponse | Error;
  /** Why another attempt may succeed; undefined when it would not. */
  readonly kind?: RetryKind | undefined;
  /** The service's retry-after, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** The local state that was just corrected, so that a retry may pass. */
  readonly corrected?: Exclude<Cause, RetryKind> | undefined;
}

/** Makes one attempt. Rejects when the caller has aborted, or when there are no credentials. */
export async function attemptOnce(context: Context, attempt: Attempt): Promise<Outcome> {
  const { clock, errors, limits, logger, secrets } = context;
  const { number, request, deadline, repeatable, accepts } = attempt;
  const { method, url } = request;
  const refresh = () =>
    context.credentials.refresh().catch((error: CredentialsError) => {
      throw secrets.credentialsError(error);
    });
  const credentials = context.credentials.current ?? (await deadline.run("credentials", refresh));
  const stamp = clock.stamp();
  const start = performance.now();
  const counted = { ...request.headers, "amz-sdk-request": `attempt=${number}; max=${limits.maxAttempts}` };
  const headers = sign({ ...request, headers: counted }, context.scope, credentials, stamp.dated);
  secrets.add(credentials, headers.authorization ?? "");
  const log = (error?: string, response?: PlainResponse) =>
    logger?.debug({
      event: "attempt",
      method,
      // The URL may hold a page token from the service, and the token may quote a secret.
      url: secrets.redact(url.href),
      attempt: number,
      ms: Math.round(performance.now() - start),
      ...(response && { status: response.status, requestId: requestIdOf(response) }),
      ...(error !== undefined && { error }),
    });

  let response: PlainResponse;
  try {
    const respond = (onStop: OnStop) => context.transport.send({ ...request, headers }, onStop);
    response = await deadline.run(`a response from ${url.origin}`, respond, limits.attemptTimeout);
    // A standard Response accepts no other status.
    if (response.status < 200 || response.status > 599) throw new Error(`HTTP has no status ${response.status}`);
  } catch (thrown) {
    const { aborted } = deadline;
    const { unreachable } = context;
    const details = { url, attempts: number, unreachable, redact: secrets.redact };
    const { error, transient } = networkError(thrown, details);
    log(aborted ? "aborted" : "code" in error ? error.code : error.name);
    if (aborted) throw abortReasonOf(aborted);
    return { end: error, kind: transient && repeatable && deadline.remaining > 0 ? "transient" : undefined };
  }

  const isUndecoded = response.unknownCoding !== undefined && accepts !== undefined;
  const isSuccess = response.ok && !isUndecoded && (accepts?.(response) ?? true);
  // The body of a success is left as the service sent it.
  response = response.map(secrets.redactAll, { body: !isSuccess });
  if (isSuccess) {
    log(undefined, response);
    return { end: response };
  }
  if (response.ok) {
    log("unreadable", response);
    return { end: unreadable(response, number), kind: repeatable ? "transient" : undefined };
  }
  const { code, shape } = readError(errors, response, response.json() ?? response.text());
  log(code, response);
  const cause = causeOf(code);
  const isCorrected =
    (cause === "credentials" && context.credentials.forget(credentials)) ||
    (cause === "clock" && clock.correct(response, stamp));
  return {
    end: isUndecoded ? unreadable(response, number) : response,
    kind: repeatable ? retryKindOf(code, response.status, shape) : markOf(shape),
    retryAfter: retryAfterOf(response),
    corrected: isCorrected ? cause : undefined,
  };
}
