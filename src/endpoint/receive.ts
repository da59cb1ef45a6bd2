import type { IncomingMessage } from "node:http";
import type { HeaderValues } from "./authorization.ts";
import { Fault } from "./fault.ts";
import type { ReceivedRequest } from "./input.ts";

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
  const [path, query] = splitOnce(message.url!, "?");
  const headers = headerValues(message.rawHeaders);
  const hasBody = headers.has("content-length") || headers.has("transfer-encoding");
  const body = hasBody ? await readBody(message, bodyBytes) : NO_BODY;
  return { method: message.method!, path, query, headers, body };
}

/** Puts raw headers, names and values in turn, by their names. */
export function headerValues(raw: readonly string[]): HeaderValues {
  const values = new Map<string, string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    const value = utf8(raw[at + 1]!);
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
    throw new Fault("RequestAbortedException", "The request was aborted.", { cause });
  }
  if (size <= bodyBytes) return Buffer.concat(chunks);
  const message413 = `The body of the request is longer than ${bodyBytes} bytes.`;
  throw new Fault("RequestEntityTooLargeException", message413, { headers: { Connection: "close" } });
}

/** Node hands out the bytes of a header as Latin-1; they are signed as UTF-8. */
function utf8(text: string): string {
  return /[\x80-\xff]/.test(text) ? Buffer.from(text, "latin1").toString() : text;
}

function splitOnce(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
