/** ISO 8601 as boto3 and the AWS CLI print it too: a blank for the `T`, microseconds, any offset. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):?([0-5]\d))$/;

/**
 * Epoch seconds of an ISO 8601 time with an offset; undefined for any other text. The fraction is taken from the
 * digits, since a `Date` would cut it to milliseconds.
 */
export function epochSeconds(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, sign, hours = 0, minutes = 0] = match;
  const midnight = Date.UTC(+year!, +month! - 1, +day!);
  // A 30 February has become a day in March by now, and the year 21 is 1921.
  const date = new Date(midnight);
  if (date.getUTCDate() !== +day! || date.getUTCMonth() !== +month! - 1 || date.getUTCFullYear() !== +year!)
    return undefined;
  const offset = (+hours * 60 + +minutes) * (sign === "-" ? -60 : 60);
  const whole = midnight / 1000 + (+hour! * 60 + +minute!) * 60 + +second! - offset;
  return fraction === undefined ? whole : whole + Number(`0.${fraction}`);
}
