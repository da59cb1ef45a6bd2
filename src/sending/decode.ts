/** Decodes compressed bodies: a request without `accept-encoding` allows any coding (RFC 9110, 12.5.3). */
import type * as Zlib from "node:zlib";

/** No server applies more codings, and each costs memory to undo. */
const MOST_CODINGS = 4;

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }, done: Done) => void;
type Done = (error: Error | null, result: Buffer) => void;

/** Stands in place of the decoded bytes when the coding is unknown. */
export interface Undecoded {
  readonly coding: string;
}

/**
 * Decodes a body.
 * @param encoding The value of the `content-encoding` header.
 * @param largest The most bytes that a body may decode to.
 * @throws Error with the code Z_DATA_ERROR for bytes that the coding does not allow, without a code for too many bytes
 */
export async function decode(bytes: Buffer, encoding: string | null, largest: number): Promise<Buffer | Undecoded> {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim());
  // S3 repeats the coding of a streamed upload (aws-chunked), and does not apply it to its response.
  const applied = codings.filter((coding) => !["", "identity", "aws-chunked"].includes(coding));
  if (applied.length === 0 || bytes.length === 0) return bytes;
  if (applied.length > MOST_CODINGS) return { coding: applied.join(", ") };
  // Loaded at need: a client loads only what every call uses.
  const zlib = (await import("node:zlib")).default;
  let decoded = bytes;
  for (const coding of applied.reverse()) {
    const decoder = decoderOf(zlib, coding, decoded);
    if (decoder === undefined) return { coding };
    decoded = await new Promise((resolve, reject) =>
      decoder(decoded, { maxOutputLength: largest }, (error, result) =>
        error ? reject(failure(error, coding, largest)) : resolve(result),
      ),
    );
  }
  return decoded;
}

function decoderOf(zlib: typeof Zlib, coding: string, [first = 0]: Uint8Array): Decoder | undefined {
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return zlib.gunzip;
    case "deflate":
      // Some servers leave out the zlib header, whose first byte has 8 in its lower half (RFC 1950, 2.2).
      return (first & 0x0f) === 8 ? zlib.inflate : zlib.inflateRaw;
    case "br":
      return zlib.brotliDecompress;
    case "zstd":
      // Node has it since 22.15.
      return (zlib as { zstdDecompress?: Decoder }).zstdDecompress;
    default:
      return undefined;
  }
}

function failure(cause: Error, coding: string, largest: number): Error {
  if ("code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE")
    return new Error(`it is longer than ${largest} bytes (maxResponseBytes)`);
  return Object.assign(new Error(`it is not in ${coding}, its content coding`, { cause }), { code: "Z_DATA_ERROR" });
}
