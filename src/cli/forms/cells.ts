/** Text in the cells of a terminal. */
import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();
/** Control characters could move the cursor, and those of writing direction could shuffle the rest of the line. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text on one line, without anything that a terminal obeys. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, " ");
}

/** Text in exactly so many cells: padded, or with an ellipsis at its end, or in its middle, for what was cut. */
export function fit(text: string, cells: number, cut: "end" | "middle" = "end"): string {
  let over = stringWidth(text) - cells;
  if (over <= 0) return text + " ".repeat(-over);
  const graphemes = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const at = cut === "middle" ? Math.ceil((cells - 1) / 2) : graphemes.length;
  // The ellipsis takes a cell, too.
  over++;
  while (over > 0) {
    const [grapheme] = graphemes.splice(Math.min(at, graphemes.length - 1), 1);
    over -= stringWidth(grapheme!);
  }
  graphemes.splice(at, 0, "…");
  return graphemes.join("") + " ".repeat(-over);
}
