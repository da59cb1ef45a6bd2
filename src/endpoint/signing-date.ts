import type { HeaderValues } from "./authorization.ts";
import { Fault } from "./fault.ts";

/** How far the clocks of caller and endpoint may be apart, in minutes. */
const SKEW_MINUTES = 15;

/** When a request was signed. */
export interface SigningDate {
  /** The header that says so. */
  readonly header: "X-Amz-Date" | "Date";
  /** For example `20150830T123600Z`. */
  readonly text: string;
}

/**
 * Reads the date of a signature: `X-Amz-Date`, or without it `Date`, which may also be in HTTP's own format.
 *
 * @param now milliseconds since 1970
 * @throws Fault IncompleteSignatureException for a date in another format, InvalidSignatureException for one that is
 * too far away
 */
export function readSigningDate(headers: HeaderValues, now: number): SigningDate {
  const header = headers.has("x-amz-date") ? "X-Amz-Date" : "Date";
  const given = headers.get(header.toLowerCase())!.join(",").trim();
  const time = parseBasic(given) ?? (header === "Date" ? parseHttp(given) : undefined);
  if (time === undefined) {
    const message = `Date must be in ISO-8601 'basic format'. Got '${given}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    throw new Fault("IncompleteSignatureException", message);
  }
  const text = basic(time);
  const skew = SKEW_MINUTES * 60_000;
  if (time < now - skew) {
    const bound = `${basic(now - skew)} (${basic(now)} - ${SKEW_MINUTES} min.)`;
    throw new Fault("InvalidSignatureException", `Signature expired: ${text} is now earlier than ${bound}`);
  }
  if (time > now + skew) {
    const bound = `${basic(now + skew)} (${basic(now)} + ${SKEW_MINUTES} min.)`;
    throw new Fault("InvalidSignatureException", `Signature not yet current: ${text} is still later than ${bound}`);
  }
  return { header, text };
}

function parseBasic(text: string): number | undefined {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return undefined;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const iso = `${day}T${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}.000Z`;
  const time = Date.parse(iso);
  // A day that its month does not have would otherwise roll over into the next.
  return Number.isNaN(time) || new Date(time).toISOString() !== iso ? undefined : time;
}

function parseHttp(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) || new Date(time).toUTCString() !== text ? undefined : time;
}

function basic(time: number): string {
  return new Date(time).toISOString().replace(/-|:|\.\d+/g, "");
}
