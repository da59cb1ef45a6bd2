/** Makes texts safe for a terminal: texts of a service, a file or an inventory may hold escape sequences. */

/** Matches control characters, which may move the cursor, and direction marks, which may reorder the line. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Writes each control character, except line feeds and tabs, as an escape such as `\u001b`. */
export function spelledOut(text: string): string {
  const spelling = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(CONTROLS, (found) => found.replace(/[^\n\t]/g, spelling));
}

/** Writes lines to a stream, without control characters. */
export function tell(text: string, stream: NodeJS.WritableStream = process.stderr): void {
  stream.write(`${text.split("\n").map(oneLine).join("\n")}\n`);
}

/** Replaces control characters by blanks, so that the text stays on one line. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, " ");
}
