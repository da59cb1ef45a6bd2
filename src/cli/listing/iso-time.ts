const SECOND = 1000;
const MICROS = 1_000_000;
/** The parts of a date and a time; none is above 59. */
const TWO: readonly string[] = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));

/**
 * Epoch seconds in ISO 8601 as the AWS CLI v2 prints them: in the local zone, with microseconds unless they are zero,
 * for example `2025-09-14T08:00:00.123000+00:00`. A time beyond JavaScript's stays a number.
 */
export function isoTime(seconds: number): string {
  let whole = Math.floor(seconds);
  let micros = Math.round((seconds - whole) * MICROS);
  if (micros === MICROS) {
    whole++;
    micros = 0;
  }
  const time = new Date(whole * SECOND);
  if (Number.isNaN(time.getTime())) return String(seconds);
  // Part by part: a long listing has millions of them, and this takes a third of what toISOString does.
  const day = `${String(time.getFullYear()).padStart(4, "0")}-${TWO[time.getMonth() + 1]}-${TWO[time.getDate()]}`;
  const fraction = micros === 0 ? "" : `.${String(MICROS + micros).slice(1)}`;
  const east = -time.getTimezoneOffset();
  const offset = `${east < 0 ? "-" : "+"}${TWO[Math.floor(Math.abs(east) / 60)]}:${TWO[Math.abs(east) % 60]}`;
  return `${day}T${TWO[time.getHours()]}:${TWO[time.getMinutes()]}:${TWO[time.getSeconds()]}${fraction}${offset}`;
}
