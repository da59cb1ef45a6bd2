import { createReadStream } from "node:fs";
import { addAbortSignal, type Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { ImportError } from "./report.ts";

/** Where an inventory comes from: the path of a file, `-` for standard input, or a stream and a name for messages. */
export type Source = string | { readonly name: string; readonly stream: Readable };

/** What messages call a source. */
export function nameOf(source: Source): string {
  if (typeof source !== "string") return source.name;
  return source === "-" ? "standard input" : source;
}

/**
 * The text of a source, which is in UTF-8 or, as Windows PowerShell's `>` writes it, UTF-16, and `undefined` at its end.
 * @throws ImportError when it cannot be read, and the signal's reason
 */
export async function* read(
  source: Source,
  signal?: AbortSignal,
): AsyncGenerator<{ bytes: number; text: string | undefined }> {
  signal?.throwIfAborted();
  const stream = open(source);
  if (signal !== undefined) addAbortSignal(signal, stream);
  try {
    let decoder: StringDecoder | undefined;
    for await (const chunk of stream) {
      // No UTF-8 begins with this byte, and UTF-16 does: it is half of the byte order mark.
      decoder ??= new StringDecoder(chunk[0] === 0xff ? "utf16le" : "utf8");
      yield { bytes: Buffer.byteLength(chunk), text: decoder.write(chunk) };
    }
    yield { bytes: 0, text: decoder?.end() ?? "" };
    yield { bytes: 0, text: undefined };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = (error instanceof Error ? error.message : String(error)).replace(/, \w+( '.*')?$/, "");
    throw new ImportError(`Cannot read ${nameOf(source)}: ${reason}. Nothing was imported.`, { cause: error });
  } finally {
    stream.destroy();
  }
}

function open(source: Source): Readable {
  if (typeof source !== "string") return source.stream;
  return source === "-" ? process.stdin : createReadStream(source);
}
