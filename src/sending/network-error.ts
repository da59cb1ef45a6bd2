/** Makes the error for an attempt without a response: the system's code, the true cause, and advice that fits it. */
import { isError, NetworkError, TimeoutError } from "../errors.ts";
import { redactedCopy } from "./redact.ts";

/** Connection failures that are transient: AWS's standard retry mode retries them. */
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

/** Maps the codes of undici (Node's `fetch`) and of Bun to the system's codes. */
const RUNTIME_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "ECONNRESET",
  UND_ERR_CONNECT_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_TIMEOUT: "ETIMEDOUT",
  UND_ERR_BODY_TIMEOUT: "ETIMEDOUT",
  UND_ERR_HEADERS_OVERFLOW: "HPE_HEADER_OVERFLOW",
  Malformed_HTTP_Response: "HPE_INVALID_CONSTANT",
  InvalidHTTPResponse: "HPE_INVALID_CONSTANT",
  // Up to Bun 1.3, for each failure to connect.
  ConnectionRefused: "ECONNREFUSED",
  FailedToOpenSocket: "ECONNREFUSED",
  ConnectionClosed: "ECONNRESET",
};

/** Maps the messages of errors without a code to the system's codes: Deno's, workerd's, and undici's since Node 24. */
const MESSAGES: readonly (readonly [RegExp, code: string])[] = [
  [/\bconnection refused\b/i, "ECONNREFUSED"],
  [/\bfailed to lookup address\b/i, "ENOTFOUND"],
  [/\bno route to host\b/i, "EHOSTUNREACH"],
  // workerd has one message, "Network connection lost", also for a connection that was refused.
  [/\bconnection (reset|closed|lost)\b|\berror reading a body from connection\b/i, "ECONNRESET"],
  [/\(Invalid character in chunk size\)/, "HPE_INVALID_CHUNK_SIZE"],
  [/\binvalid HTTP \S+ parsed\b|\bdoes not match the HTTP\/1\.1 protocol\b/i, "HPE_INVALID_CONSTANT"],
  [/\bcorrupt message of type InvalidContentType\b/, "EPROTO"],
  [/\binvalid peer certificate: UnknownIssuer\b/, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
];

const NO_ADDRESS = "Is this the right address, and does a server run there?";
const UNTRUSTED =
  "The certificate is not trusted. If it is signed by an authority of your own, set NODE_EXTRA_CA_CERTS to the file " +
  "with the authority's certificate (PEM) before the program starts.";

/** The advice for a code. Other codes get none: their message says what is wrong. */
const ADVICE: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...NETWORK_CODES].map((code) => [code, NO_ADDRESS])),
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: "The certificate is another host's: is this the right address?",
  EPROTO: "The server does not speak TLS there, or no version of it in common: is it http:// in place of https://?",
};

const SPEAKS_TLS = "The port speaks TLS: is it https:// in place of http://?";

/** An attempt that ended without a response. */
interface FailedAttempt {
  readonly url: URL;
  readonly attempts: number;
  /** Advice that replaces {@link NO_ADDRESS}. */
  readonly unreachable: string | undefined;
  readonly redact: (text: string) => string;
}

/** Wraps what the caller's own `fetch` throws. */
export class FetchFailure extends Error {}

/** Makes the error for the caller, and tells whether another attempt may succeed. */
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
  // HPE is Node's parser: the server speaks no HTTP there.
  const advice = speaksTls ? SPEAKS_TLS : code.startsWith("HPE_") ? NO_ADDRESS : ADVICE[code];
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
  /** Whether the server answered plain HTTP with TLS. */
  readonly speaksTls?: true;
  /** Whether another attempt may succeed. */
  readonly transient: boolean;
}

/** Finds the connection failure in a chain of causes; without one, the innermost cause. */
export function networkCauseOf(thrown: unknown): NetworkCause {
  const chain: Error[] = [];
  for (let link = thrown; isError(link) && !chain.includes(link); link = link.cause) chain.push(link);
  // Node throws an AggregateError with one error for each address of the host (happy eyeballs).
  const all = chain.flatMap((link) =>
    "errors" in link && Array.isArray(link.errors) ? [link, ...link.errors] : [link],
  );
  for (const error of all) {
    const code = codeOf(error);
    // Codes of Node's HTTP parser (HPE) and decompression (Z): the response is malformed or incomplete.
    if (NETWORK_CODES.has(code) || /^(HPE|Z)_/.test(code))
      return { code, reason: code, transient: true, ...(speaksTls(error) && { speaksTls: true }) };
  }
  const last = chain.at(-1);
  const reason = last?.message ?? String(thrown);
  const code = codeOf(last);
  if (code === "") return { reason, transient: false };
  // The message of EPROTO is a line of OpenSSL's log, with a thread's number.
  return { code, reason: code === "EPROTO" ? code : reason, transient: false };
}

function codeOf(error: unknown): string {
  if (!isError(error)) return "";
  // Only a text counts: the code of a DOMException is a number.
  if (!("code" in error && typeof error.code === "string"))
    return MESSAGES.find(([message]) => message.test(error.message))?.[1] ?? "";
  // A TLS failure has EPROTO in node:https, and a code of OpenSSL's in fetch.
  const code = error.code.replace(/^ERR_SSL_.*/, "EPROTO");
  return RUNTIME_CODES[code] ?? code;
}

/** Whether the bytes that Node's HTTP parser refused are a TLS alert: a record of type 21, version 3. */
function speaksTls(error: object): boolean {
  const bytes = "rawPacket" in error ? error.rawPacket : "data" in error ? Buffer.from(`${error.data}`, "latin1") : [];
  const [type, version] = bytes as Uint8Array;
  return type === 0x15 && version === 3;
}
