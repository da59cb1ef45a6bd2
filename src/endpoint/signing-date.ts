import { type Authorization, incomplete, invalid } from "./authorization.ts";

/** How far the clocks of caller and endpoint may be apart, in milliseconds. */
const SKEW = 15 * 60_000;

/**
 * Reads the date of a signature, in ISO 8601's basic format; that of a `Date` header may also be in HTTP's own.
 *
 * @param now milliseconds since 1970
 * @returns for example `20150830T123600Z`
 * @throws Fault IncompleteSignatureException for a date in another format, InvalidSignatureException for one that is
 * too far away
 */
export function readSigningDate({ dateHeader, date }: Authorization, now: number): string {
  const given = date.trim();
  const time = parseBasic(given) ?? (dateHeader === "Date" ? parseHttp(given) : undefined);
  if (time === undefined) {
    const wanted = "Date must be in ISO-8601 'basic format'.";
    throw incomplete(`${wanted} Got '${given}'. See http://en.wikipedia.org/wiki/ISO_8601`);
  }
  const text = given.endsWith("Z") ? given : basic(time);
  if (time < now - SKEW) {
    const bound = `${basic(now - SKEW)} (${basic(now)} - 15 min.)`;
    throw invalid(`Signature expired: ${text} is now earlier than ${bound}`);
  }
  if (time > now + SKEW) {
    const bound = `${basic(now + SKEW)} (${basic(now)} + 15 min.)`;
    throw invalid(`Signature not yet current: ${text} is still later than ${bound}`);
  }
  return text;
}

const BASIC = /^(\d{4})(0[1-9]|1[0-2])([0-2]\d|3[01])T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z$/;

function parseBasic(text: string): number | undefined {
  const parts = BASIC.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  // A day that its month does not have has rolled over into the next.
  return new Date(time).getUTCDate() === Number(day) ? time : undefined;
}

function parseHttp(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) || new Date(time).toUTCString() !== text ? undefined : time;
}

function basic(time: number): string {
  return new Date(time).toISOString().replace(/-|:|\.\d+/g, "");
}
