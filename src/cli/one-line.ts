/** Control characters could move the cursor, and those of writing direction could shuffle the rest of the line. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text on one line, without anything that a terminal obeys. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, " ");
}
