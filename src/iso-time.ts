/** Converts times between epoch seconds and ISO 8601, exact to the microsecond. */

/**
 * Matches ISO 8601 with an offset, also as boto3 and the AWS CLI print it: with a blank for the `T`, or any fraction.
 */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):?([0-5]\d))$/;

const MICROS = 1_000_000;

/** The numbers to 59 with two digits. */
const TWO: readonly string[] = /* @__PURE__ */ Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));

/** The first and the last epoch second whose year has four digits in every time zone. */
const FOUR_DIGITS = { first: Date.parse("0000-01-02") / 1000, last: Date.parse("9999-12-31") / 1000 };

/**
 * Reads an ISO 8601 time with an offset, or a number as {@link isoTime} prints it for years without four digits.
 * Returns epoch seconds, to the microsecond; undefined for any other text.
 */
export function epochSeconds(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) {
    const seconds = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    return seconds < FOUR_DIGITS.first || seconds > FOUR_DIGITS.last ? seconds : undefined;
  }
  const [, year, month, day, hour, minute, second = 0, fraction, sign, hours = 0, minutes = 0] = match;
  // Not by Date.UTC, which takes the year 21 for 1921.
  const date = new Date(0);
  date.setUTCFullYear(+year!, +month! - 1, +day!);
  // Refuses 30 February, which Date turns into a day in March.
  if (date.getUTCDate() !== +day! || date.getUTCMonth() !== +month! - 1) return undefined;
  const offset = (+hours * 60 + +minutes) * (sign === "-" ? -60 : 60);
  const whole = date.getTime() / 1000 + (+hour! * 60 + +minute!) * 60 + +second - offset;
  if (fraction === undefined) return whole;
  // A single division of whole numbers gives the double that is nearest to the decimal number.
  const seconds = (whole * MICROS + Math.round(Number(`0.${fraction}`) * MICROS)) / MICROS;
  // From 2242 on a double holds no microseconds: 9999-12-31T23:59:59.999999Z must not round up into the year 10000.
  return Math.floor(seconds) > whole ? (whole + 1) * (1 - Number.EPSILON / 2) : seconds;
}

/** Epoch seconds of a JSON value: a number, a number in quotes, or an ISO 8601 time; undefined for other values. */
export function secondsIn(value: unknown): number | undefined {
  if (typeof value !== "string") return typeof value === "number" ? value : undefined;
  return /^-?\d+(\.\d+)?(E\d+)?$/i.test(value) ? Number(value) : epochSeconds(value);
}

/**
 * Converts epoch seconds to whole microseconds, exact from 1698 to 2242: beyond, a double holds no microseconds. Whole
 * seconds and fraction are converted apart, because 4294967296.000011 * 1e6 is a microsecond off.
 */
export function microseconds(seconds: number): number {
  const whole = Math.floor(seconds);
  return whole * MICROS + Math.round((seconds - whole) * MICROS);
}

/**
 * Prints epoch seconds in ISO 8601 as the AWS CLI v2 does: in the local zone, with microseconds unless they are zero,
 * for example `2025-09-14T08:00:00.123000+00:00`. A time whose year has not four digits is printed as a number.
 */
export function isoTime(seconds: number): string {
  let whole = Math.floor(seconds);
  let micros = Math.round((seconds - whole) * MICROS);
  if (micros === MICROS) {
    whole++;
    micros = 0;
  }
  const east = -new Date(whole * 1000).getTimezoneOffset();
  // By the offset and not by the zone: before 1972 the offset of a zone may have seconds, too.
  const local = new Date((whole + east * 60) * 1000);
  const year = local.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return String(seconds);
  // Part by part, for speed: it takes a third of the time of toISOString, and a long listing has millions of times.
  const day = `${String(year).padStart(4, "0")}-${TWO[local.getUTCMonth() + 1]}-${TWO[local.getUTCDate()]}`;
  const time = `${TWO[local.getUTCHours()]}:${TWO[local.getUTCMinutes()]}:${TWO[local.getUTCSeconds()]}`;
  const fraction = micros === 0 ? "" : `.${String(MICROS + micros).slice(1)}`;
  const offset = `${east < 0 ? "-" : "+"}${TWO[Math.floor(Math.abs(east) / 60)]}:${TWO[Math.abs(east) % 60]}`;
  return `${day}T${time}${fraction}${offset}`;
}
