import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { ImportError } from "./report.ts";

/** Where an inventory comes from: the path of a file, `-` for standard input, or a stream and a name for messages. */
export type Source = string | { readonly name: string; readonly stream: Readable };

/** What messages call a source. */
export function nameOf(source: Source): string {
  if (typeof source !== "string") return source.name;
  return source === "-" ? "standard input" : source;
}

/**
 * The bytes of a source as UTF-8 without a byte order mark.
 * @throws ImportError when it cannot be read, and the signal's reason
 */
export async function* read(source: Source, signal?: AbortSignal): AsyncGenerator<Buffer> {
  signal?.throwIfAborted();
  const stream = open(source);
  const stop = () => stream.destroy();
  signal?.addEventListener("abort", stop);
  try {
    const recode = recoder();
    for await (const chunk of stream) yield recode(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = (error instanceof Error ? error.message : String(error)).replace(/, \w+( '.*')?$/, "");
    throw new ImportError(`Cannot read ${nameOf(source)}: ${reason}. Nothing was imported.`, { cause: error });
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}

function open(source: Source): Readable {
  if (typeof source !== "string") return source.stream;
  return source === "-" ? process.stdin : createReadStream(source);
}

/** Takes the byte order mark off UTF-8, and makes UTF-8 of the UTF-16 that Windows PowerShell's `>` writes. */
function recoder(): (bytes: Buffer) => Buffer {
  let head = Buffer.alloc(0);
  let recode: ((bytes: Buffer) => Buffer) | undefined;
  return (bytes) => {
    if (recode !== undefined) return recode(bytes);
    head = Buffer.concat([head, bytes]);
    if (head.length < 3 && (head[0] === 0xef || head[0] === 0xff)) return Buffer.alloc(0);
    if (head[0] === 0xff && head[1] === 0xfe) {
      const decoder = new TextDecoder("utf-16le");
      recode = (utf16) => Buffer.from(decoder.decode(utf16, { stream: true }));
      return recode(head);
    }
    recode = (utf8) => utf8;
    return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
  };
}
