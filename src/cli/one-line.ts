/** Texts of others on a terminal. */

/** Control characters move the cursor; those of writing direction shuffle the rest of the line. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text with its lines and tabs, but anything else that a terminal obeys spelt out, such as `\u001b`. */
export function spelledOut(text: string): string {
  return text.replace(CONTROLS, (found) =>
    Array.from(found, (one) => (one === "\n" || one === "\t" ? one : `\\u${hex(one)}`)).join(""),
  );
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}

/** Writes lines without anything that a terminal obeys: some words may be a service's, a file's or an inventory's. */
export function tell(text: string, stream: NodeJS.WritableStream = process.stderr): void {
  stream.write(`${text.split("\n").map(oneLine).join("\n")}\n`);
}

/** Text on one line: blanks replace whatever a terminal obeys. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, " ");
}
