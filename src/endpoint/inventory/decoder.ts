import { TextDecoder } from "node:util";

/** Takes a chunk of an inventory, or nothing at its end, and gives the text that is complete by then. */
export type Decoder = (chunk?: Buffer | string) => string;

const NOT_UNICODE = "it is not in Unicode: half of a surrogate pair stands alone";

/**
 * Decodes UTF-8 or, as Windows PowerShell's `>` writes it, UTF-16; and joins text that comes in pieces.
 * @throws Error for text in another encoding, which would be stored with its letters replaced
 */
export function textDecoder(): Decoder {
  let decoder: TextDecoder | undefined;
  /** The first half of a surrogate pair that a stream of strings was cut in. */
  let half = "";

  return (chunk) => {
    if (typeof chunk === "string") {
      const text = half + chunk;
      half = /[\ud800-\udbff]?$/.exec(text)![0];
      const whole = half === "" ? text : text.slice(0, -1);
      if (/\p{Surrogate}/u.test(whole)) throw new Error(NOT_UNICODE);
      return whole;
    }
    if (half !== "") throw new Error(NOT_UNICODE);
    if (chunk?.length === 0) return "";
    // No UTF-8 begins with this byte, and UTF-16 does: it is half of the byte order mark.
    decoder ??= new TextDecoder(chunk?.[0] === 0xff ? "utf-16le" : "utf-8", { fatal: true, ignoreBOM: true });
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new Error(`it is not in ${decoder.encoding.replace("le", "").toUpperCase()}`, { cause });
    }
  };
}
