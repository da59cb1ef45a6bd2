import { createReadStream, fstatSync, statSync } from "node:fs";
import { addAbortSignal, type Readable } from "node:stream";
import { textDecoder } from "./decoder.ts";
import { ImportError } from "./report.ts";

/** The source of an inventory: the path of a file, `-` for standard input, or a stream and a name for messages. */
export type Source = string | { readonly name: string; readonly stream: Readable };

/** A chunk of a source. */
export interface Chunk {
  /** How many bytes of the source it is. */
  readonly bytes: number;
  /** Its text, or `undefined` at the end of the source. */
  readonly text: string | undefined;
}

/** How long a source may be silent, in ms. */
export interface Patience {
  /** Before its first chunk. */
  readonly first: number;
  /** Between two chunks, and before the end. */
  readonly next: number;
}

/** The name of a source in messages. */
export function nameOf(source: Source): string {
  if (typeof source !== "string") return source.name;
  return source === "-" ? "standard input" : source;
}

/**
 * Reads a source, which is in UTF-8 or UTF-16. The first chunk is empty: it tells that the source has begun.
 * @throws ImportError when it cannot be read, is in another encoding or is silent for too long, and the signal's reason
 */
export async function* read(source: Source, patience: Patience, signal?: AbortSignal): AsyncGenerator<Chunk, void> {
  signal?.throwIfAborted();
  let stream: Readable | undefined;
  let timer: NodeJS.Timeout | undefined;
  const wait = (most: number) => {
    timer = setTimeout(() => stream?.destroy(new Error(`it gave nothing for ${most / 1000} seconds`)), most);
  };
  try {
    let left = sizeOf(source);
    let hasBegun = false;
    const decode = textDecoder();
    stream = open(source);
    if (signal !== undefined) addAbortSignal(signal, stream);
    wait(patience.first);
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      clearTimeout(timer);
      if (!hasBegun) yield { bytes: 0, text: "" };
      hasBegun = true;
      const part = typeof chunk === "string" ? chunk : chunk.subarray(0, left);
      const bytes = Buffer.byteLength(part);
      left -= bytes;
      yield { bytes, text: decode(part) };
      if (left <= 0) break;
      wait(patience.next);
    }
    yield { bytes: 0, text: decode() };
    yield { bytes: 0, text: undefined };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = (error instanceof Error ? error.message : String(error)).replace(/, \w+( '.*')?$/, "");
    throw new ImportError(`Cannot read ${nameOf(source)}: ${reason}. Nothing was imported.`, { cause: error });
  } finally {
    clearTimeout(timer);
    stream?.destroy();
  }
}

function open(source: Source): Readable {
  if (typeof source !== "string") return source.stream;
  return source === "-" ? process.stdin : createReadStream(source);
}

/** The size of a file when it is opened, in bytes: one that grows while it is read has an end all the same. */
function sizeOf(source: Source): number {
  if (typeof source !== "string") return Number.POSITIVE_INFINITY;
  const file = source === "-" ? fstatSync(0) : statSync(source);
  return file.isFile() ? file.size : Number.POSITIVE_INFINITY;
}
