import { basicDate } from "../../signing/string-to-sign.ts";
import { type Authorization, incomplete, invalid } from "./authorization.ts";

/** How far the clocks of caller and endpoint may be apart, in milliseconds. */
const SKEW = 15 * 60_000;

/** The longest date in characters: a longer text would cost the parser much. */
const LONGEST = 40;

const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * Reads the date of a signature, in ISO 8601's basic format. A `Date` header may also be in HTTP's own format.
 *
 * @param now milliseconds since 1970
 * @returns for example `20150830T123600Z`
 * @throws ErrorResponse IncompleteSignatureException for a date in another format, InvalidSignatureException for one that is
 * too far away
 */
export function readSigningDate({ dateHeader, date }: Authorization, now: number): string {
  const given = date.trim();
  const time = given.length > LONGEST ? Number.NaN : Date.parse(given.replace(BASIC, "$1-$2-$3T$4:$5:$6Z"));
  // Only a date that is written as it is read: Date.parse takes a 30 February for a day in March.
  const texts = Number.isNaN(time) ? [] : [basicDate(time), dateHeader === "Date" && new Date(time).toUTCString()];
  if (!texts.includes(given)) {
    const wanted = "Date must be in ISO-8601 'basic format'.";
    throw incomplete(`${wanted} Got '${given}'. See http://en.wikipedia.org/wiki/ISO_8601`);
  }
  const text = basicDate(time);
  if (time < now - SKEW) {
    const bound = `${basicDate(now - SKEW)} (${basicDate(now)} - 15 min.)`;
    throw invalid(`Signature expired: ${text} is now earlier than ${bound}`);
  }
  if (time > now + SKEW) {
    const bound = `${basicDate(now + SKEW)} (${basicDate(now)} + 15 min.)`;
    throw invalid(`Signature not yet current: ${text} is still later than ${bound}`);
  }
  return text;
}
