/** Makes the error for an attempt without a response: the system's code, the true cause, and advice that fits it. */
import { isError, NetworkError, TimeoutError } from "../errors.ts";
import { redactedCopy } from "./redact.ts";

/** Failures of a connection, which another attempt may not meet. */
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

/** The system's codes for those of undici, which is behind Node's `fetch`, and of Bun. */
const RUNTIME_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "ECONNRESET",
  UND_ERR_CONNECT_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_TIMEOUT: "ETIMEDOUT",
  UND_ERR_BODY_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_OVERFLOW: "HPE_HEADER_OVERFLOW",
  ConnectionRefused: "ECONNREFUSED",
  FailedToOpenSocket: "ECONNREFUSED",
  ConnectionClosed: "ECONNRESET",
};

/** The system's codes for the messages of Deno's and workerd's `fetch`, whose errors have no code. */
const MESSAGES: readonly (readonly [RegExp, code: string])[] = [
  [/\bconnection refused\b/i, "ECONNREFUSED"],
  [/\bdns error\b|\bfailed to lookup address\b|\bDNS lookup failed\b/i, "ENOTFOUND"],
  [/\bconnection (was )?(reset|closed|lost)\b|\bunexpected end of file\b/i, "ECONNRESET"],
];

const NO_ADDRESS = "Is this the right address, and does a server run there?";
const UNTRUSTED =
  "The certificate is not trusted. If it is signed by an authority of your own, set NODE_EXTRA_CA_CERTS to the file " +
  "with the authority's certificate (PEM) before the program starts.";

/** Advice by the code of the cause. Other causes have none: the message says what is wrong. */
const ADVICE: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...NETWORK_CODES].map((code) => [code, NO_ADDRESS])),
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: "The certificate is another host's: is this the right address?",
  TLS: "The port speaks TLS: is it https:// in place of http://?",
  EPROTO: "The server does not speak TLS there, or no version of it in common: is it http:// in place of https://?",
};

/** An attempt that ended without a response. */
interface FailedAttempt {
  readonly url: URL;
  readonly attempts: number;
  /** Advice in place of the question for the address. */
  readonly unreachable: string | undefined;
  readonly redact: (text: string) => string;
}

/** Wraps what the caller's own `fetch` throws. */
export class FetchFailure extends Error {}

/** The error for the caller, and whether another attempt may fare better. */
export function networkError(
  thrown: unknown,
  { url: { origin }, attempts, unreachable, redact }: FailedAttempt,
): { error: NetworkError | TimeoutError; transient: boolean } {
  if (thrown instanceof TimeoutError) {
    const error = new TimeoutError(`${thrown.message} ${unreachable ?? NO_ADDRESS}`, { attempts });
    return { error, transient: true };
  }
  const { code = "", reason, transient, speaksTls } = networkCauseOf(thrown);
  const isOwnFetch = thrown instanceof FetchFailure;
  const advice = speaksTls ? ADVICE.TLS : ADVICE[code.startsWith("HPE_") ? "ECONNRESET" : code];
  const hint = advice === NO_ADDRESS ? (unreachable ?? advice) : advice;
  const failure =
    isOwnFetch && !transient && advice === undefined ? "The given fetch failed for" : "No complete response from";
  const message = [`${failure} ${origin}: ${redact(reason)}`, hint].filter(Boolean).join(". ");
  const cause = redactedCopy(isOwnFetch ? thrown.cause : thrown, redact);
  return { error: new NetworkError(message, { code: redact(code) || undefined, cause, attempts }), transient };
}

interface NetworkCause {
  readonly code?: string;
  readonly reason: string;
  /** Whether plain HTTP was answered with TLS. */
  readonly speaksTls?: true;
  /** Whether it may pass by itself. */
  readonly transient: boolean;
}

/** Finds the failure of a connection in a chain of causes, or else the innermost cause. */
export function networkCauseOf(thrown: unknown): NetworkCause {
  const chain: Error[] = [];
  for (let at = thrown; isError(at) && !chain.includes(at); at = at.cause) chain.push(at);
  // Happy eyeballs gives an AggregateError with one error for every address that it tried.
  const all = chain.flatMap((at) => ("errors" in at && Array.isArray(at.errors) ? [at, ...at.errors] : [at]));
  for (const error of all) {
    const code = codeOf(error);
    // HPE is Node's parser, Z its decompression: the response is malformed, or broke off.
    if (NETWORK_CODES.has(code) || /^(HPE|Z)_/.test(code))
      return { code, reason: code, transient: true, ...(speaksTls(error) && { speaksTls: true }) };
  }
  const last = chain.at(-1);
  const reason = last?.message ?? String(thrown);
  const code = codeOf(last);
  if (code === "") return { reason, transient: false };
  return { code, reason: code === "EPROTO" ? code : reason, transient: false };
}

function codeOf(error: unknown): string {
  if (!isError(error)) return "";
  // The code of a DOMException is a number of its own.
  if (!("code" in error && typeof error.code === "string"))
    return MESSAGES.find(([message]) => message.test(error.message))?.[1] ?? "";
  // TLS that fails has a code of OpenSSL's in fetch, and a message with a thread's number in fetch and in node:https.
  const code = error.code.replace(/^ERR_SSL_.*/, "EPROTO");
  return RUNTIME_CODES[code] ?? code;
}

/** Whether the bytes that Node's parser refused are a TLS alert: a record of type 21, version 3. */
function speaksTls(error: object): boolean {
  const bytes = "rawPacket" in error ? error.rawPacket : "data" in error ? Buffer.from(`${error.data}`, "latin1") : [];
  const [type, version] = bytes as Uint8Array;
  return type === 0x15 && version === 3;
}
