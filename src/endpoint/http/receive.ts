import type { IncomingMessage } from "node:http";
import { ErrorResponse } from "./error-response.ts";

/** A request as it was received: target and headers as on the wire, the body read to its end. */
export interface ReceivedRequest {
  readonly method: string;
  /** The request target without its query, percent-encoded. */
  readonly path: string;
  /** What stands after the `?`, percent-encoded. */
  readonly query: string;
  /** By their names in lower case; repeated ones joined by commas in the order of the wire. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const NO_BODY: Buffer = Buffer.alloc(0);

/**
 * Reads a request to its end.
 *
 * It works from `rawHeaders`, since Node's `headers` drops or joins repeated ones.
 *
 * @param bodyBytes the longest body
 * @throws Fault RequestEntityTooLargeException, or RequestAbortedException when the caller has gone
 */
export async function receive(message: IncomingMessage, bodyBytes: number): Promise<ReceivedRequest> {
  const [path, query = ""] = splitOnce(message.url!, "?");
  const headers = headerValues(message.rawHeaders);
  const hasBody = headers.has("content-length") || headers.has("transfer-encoding");
  const body = hasBody ? await readBody(message, bodyBytes) : NO_BODY;
  return { method: message.method!, path, query, headers, body };
}

/** The values of raw headers, which are names and values in turn, as {@link ReceivedRequest} has them. */
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

async function readBody(message: IncomingMessage, bodyBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bodyBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new ErrorResponse("RequestAbortedException", "The request was aborted.", { cause });
  }
  if (size > bodyBytes) throw tooLong("body", bodyBytes);
  return Buffer.concat(chunks);
}

/** Refuses a part of a request, and with it the connection: what is left of it would be read as the next. */
export function tooLong(part: "head" | "body", bytes: number): ErrorResponse {
  const message = `The ${part} of the request is longer than ${bytes} bytes.`;
  return new ErrorResponse("RequestEntityTooLargeException", message, { headers: { Connection: "close" } });
}

/** What stands before a mark and after it; nothing after it when it is not there. */
export function splitOnce(text: string, mark: string): [before: string, after?: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
