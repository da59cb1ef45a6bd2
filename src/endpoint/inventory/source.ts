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
 * @throws ImportError when it cannot be read or is in another encoding, and the signal's reason
 */
export async function* read(
  source: Source,
  signal?: AbortSignal,
): AsyncGenerator<{ bytes: number; text: string | undefined }> {
  signal?.throwIfAborted();
  const stream = open(source);
  if (signal !== undefined) addAbortSignal(signal, stream);
  try {
    let decode: ((chunk?: Buffer) => string) | undefined;
    for await (const chunk of stream) {
      // A stream may give text.
      const bytes: Buffer = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      decode ??= decoderOf(bytes);
      yield { bytes: bytes.length, text: decode(bytes) };
    }
    yield { bytes: 0, text: decode?.() ?? "" };
    yield { bytes: 0, text: undefined };
  } catch (error) {
    signal?.throwIfAborted();
    const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
    const reason =
      code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "it is not in UTF-8" : message.replace(/, \w+( '.*')?$/, "");
    throw new ImportError(`Cannot read ${nameOf(source)}: ${reason}. Nothing was imported.`, { cause: error });
  } finally {
    stream.destroy();
  }
}

/** Decodes the chunks of what begins with this one; without a chunk, its end. */
function decoderOf(first: Buffer): (chunk?: Buffer) => string {
  // No UTF-8 begins with this byte, and UTF-16 does: it is half of the byte order mark.
  if (first[0] === 0xff) {
    const decoder = new StringDecoder("utf16le");
    return (chunk) => (chunk ? decoder.write(chunk) : decoder.end());
  }
  // Fatal, since text in another encoding would be stored with its letters replaced.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return (chunk) => decoder.decode(chunk, { stream: chunk !== undefined });
}

function open(source: Source): Readable {
  if (typeof source !== "string") return source.stream;
  return source === "-" ? process.stdin : createReadStream(source);
}
