const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * Epoch seconds in ISO 8601 as the AWS CLI v2 prints them: in the local zone, with microseconds unless they are zero,
 * for example `2025-09-14T08:00:00.123000+00:00`. A time beyond JavaScript's stays a number.
 */
export function isoTime(seconds: number): string {
  let whole = Math.floor(seconds);
  let micros = Math.round((seconds - whole) * 1e6);
  if (micros === 1e6) {
    whole++;
    micros = 0;
  }
  const offset = -new Date(whole * SECOND).getTimezoneOffset();
  const local = new Date(whole * SECOND + offset * MINUTE);
  if (Number.isNaN(local.getTime())) return String(seconds);
  const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`;
  // Without ".000Z"; the year of a time far away has more than four digits.
  return `${local.toISOString().slice(0, -5)}${fraction}${offsetText(offset)}`;
}

/** Minutes east of UTC as `+02:00`. */
function offsetText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
