import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { EMPTY_HASH } from "../../signing/string-to-sign.ts";
import { ErrorResponse } from "./error-response.ts";
import type { Limits } from "./limits.ts";
import { tooLong, tooManyHeaders } from "./refusals.ts";

/** The head of a request: target and headers as on the wire. */
export interface RequestHead {
  readonly method: string;
  /** The request target without its query, percent-encoded. */
  readonly path: string;
  /** The part after the `?`, percent-encoded. */
  readonly query: string;
  /** By their names in lower case; repeated ones joined by commas in the order of the wire. */
  readonly headers: ReadonlyMap<string, string>;
}

/** The body of a request, read to its end. */
export interface Body {
  /** Empty when it was not kept. */
  readonly bytes: Buffer;
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

/** A request whose head has arrived. */
export interface ReceivedRequest extends RequestHead {
  /**
   * Reads the body, once.
   *
   * @param keep whether its bytes are wanted, beside size and hash
   * @throws ErrorResponse RequestEntityTooLargeException, or RequestAbortedException when the caller has gone
   */
  readBody(keep: boolean): Promise<Body>;
}

const NO_BODY: Body = { bytes: Buffer.alloc(0), size: 0, hash: EMPTY_HASH };

/**
 * Reads the head of a request. It works from `rawHeaders`, since Node's `headers` drops or joins repeated ones.
 *
 * @throws ErrorResponse RequestEntityTooLargeException when it has too many headers, or announces too long a body
 */
export function receive(message: IncomingMessage, { bodyBytes, headers: most }: Limits): ReceivedRequest {
  if (message.rawHeaders.length > 2 * most) throw tooManyHeaders(most);
  const [path, query = ""] = splitOnce(message.url!, "?");
  const headers = headerValues(message.rawHeaders);
  if (Number(headers.get("content-length")) > bodyBytes) throw tooLong("body", bodyBytes);
  const hasBody = headers.has("content-length") || headers.has("transfer-encoding");
  const readBody = async (keep: boolean) => (hasBody ? readToEnd(message, bodyBytes, keep) : NO_BODY);
  return { method: message.method!, path, query, headers, readBody };
}

/** The values of raw headers, which are names and values in turn, as {@link RequestHead} has them. */
export function headerValues(raw: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    // Node hands out the bytes of a header as Latin-1; they are signed as UTF-8.
    const value = /[\x80-\xff]/.test(raw[at + 1]!) ? Buffer.from(raw[at + 1]!, "latin1").toString() : raw[at + 1]!;
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return values;
}

function readToEnd(message: IncomingMessage, bodyBytes: number, keep: boolean): Promise<Body> {
  return new Promise((resolve, reject) => {
    const digest = createHash("sha256");
    const chunks: Buffer[] = [];
    let size = 0;
    message.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyBytes) {
        chunks.length = 0;
        reject(tooLong("body", bodyBytes));
        return;
      }
      digest.update(chunk);
      if (keep) chunks.push(chunk);
    });
    message.once("end", () => resolve({ bytes: Buffer.concat(chunks), size, hash: digest.digest("hex") }));
    // After the end this changes nothing.
    message.once("close", () => reject(new ErrorResponse("RequestAbortedException", "The request was aborted.")));
  });
}

/**
 * Takes the rest of a body off the wire without keeping it, so that a caller who is still sending gets to read the
 * response. A rest longer than `bytes` ends the connection.
 */
export function discardBody(message: IncomingMessage, bytes: number): void {
  let left = bytes;
  message.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) message.socket.destroy();
  });
}

/** The text before a mark and the text after it; nothing after it when the mark is absent. */
export function splitOnce(text: string, mark: string): [before: string, after?: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
