/** Makes the error for an attempt without a response: the system's code, the reason, and whether another may fare better. */
import { NetworkError, TimeoutError } from "../errors.ts";
import { redact, redactError } from "./redact.ts";

const NETWORK_CODES: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/** The system's codes for those of undici, which is behind Node's `fetch`. */
const UNDICI_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "ECONNRESET",
  UND_ERR_CONNECT_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_TIMEOUT: "ETIMEDOUT",
  UND_ERR_BODY_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_OVERFLOW: "HPE_HEADER_OVERFLOW",
};

/** An attempt that ended without a response. */
interface Unanswered {
  readonly origin: string;
  readonly attempts: number;
  /** Said in place of the question for the address. */
  readonly advice: string | undefined;
  readonly secrets: RegExp;
}

/** The error for the caller, and whether another attempt may fare better. */
export function networkError(
  error: unknown,
  { origin, attempts, advice = "Is this the right address, and does a server run there?", secrets }: Unanswered,
): { error: NetworkError | TimeoutError; transient: boolean } {
  if (error instanceof TimeoutError)
    return { error: new TimeoutError(`${error.message} ${advice}`, { attempts }), transient: true };
  const { code, reason, transient } = networkCauseOf(error);
  const message = `No whole answer from ${origin}: ${redact(reason, secrets)}. ${advice}`;
  return { error: new NetworkError(message, { code, cause: redactError(error, secrets), attempts }), transient };
}

/** Finds the failure of a connection in a chain of causes, or else the innermost cause. */
export function networkCauseOf(error: unknown): { code?: string; reason: string; transient: boolean } {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && !chain.includes(at); at = at.cause) chain.push(at);
  // Happy eyeballs gives one error for every address that it tried.
  for (const one of chain.flatMap((at) => (at instanceof AggregateError ? [at, ...at.errors] : [at]))) {
    const own = "code" in one ? String(one.code) : "";
    const code = UNDICI_CODES[own] ?? own;
    // HPE is Node's parser: the response is no HTTP, or broke off.
    if (NETWORK_CODES.has(code) || code.startsWith("HPE_")) return { code, reason: code, transient: true };
  }
  const last = chain.at(-1);
  const reason = last?.message ?? String(error);
  if (last === undefined || !("code" in last)) return { reason, transient: false };
  // TLS that fails has a code of OpenSSL's in fetch, and a message with a thread's number in both.
  const code = String(last.code).replace(/^ERR_SSL_.*/, "EPROTO");
  return { code, reason: code === "EPROTO" ? code : reason, transient: false };
}
