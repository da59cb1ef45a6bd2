/** ISO 8601 as boto3 and the AWS CLI print it too: a blank for the `T`, microseconds, any offset. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):?(\d\d))$/;

/**
 * Epoch seconds of an ISO 8601 time with an offset; undefined for any other text. The fraction is taken from the
 * digits, since a `Date` would cut it to milliseconds.
 */
export function epochSeconds(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "0", sign = "+", hours = "0", minutes = "0"] = match;
  const local = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!);
  // A 30 February has become a day in March by now.
  if (new Date(local).toISOString().slice(0, 19) !== `${text.slice(0, 10)}T${text.slice(11, 19)}`) return undefined;
  const offset = (+hours * 60 + +minutes) * 60;
  const whole = local / 1000 - (sign === "-" ? -offset : offset);
  return whole + Number(`0.${fraction}`);
}
