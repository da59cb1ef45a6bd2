/** Text in the cells of a terminal. */

const segmenter = new Intl.Segmenter();
const PLAIN = /^[\x20-\x7e]*$/;
/** Graphemes of two cells: those of East Asia, and what is shown as an emoji. */
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
/** Control characters could move the cursor, and those of writing direction could shuffle the rest of the line. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text on one line, without anything that a terminal obeys. */
export function oneLine(text: string): string {
  return PLAIN.test(text) ? text : text.replace(CONTROLS, " ");
}

/** How many cells a text takes. */
export function cellsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of segmenter.segment(text)) cells += WIDE.test(segment) ? 2 : 1;
  return cells;
}

/** Text in exactly so many cells: padded, or with an ellipsis at its end, or in its middle, for what was cut. */
export function fit(text: string, cells: number, cut: "end" | "middle" = "end"): string {
  let over = cellsOf(text) - cells;
  if (over <= 0) return text + " ".repeat(-over);
  const graphemes = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const at = cut === "middle" ? Math.ceil((cells - 1) / 2) : graphemes.length;
  // The ellipsis takes a cell, too.
  over++;
  while (over > 0) {
    const [grapheme] = graphemes.splice(Math.min(at, graphemes.length - 1), 1);
    over -= cellsOf(grapheme!);
  }
  graphemes.splice(at, 0, "…");
  return graphemes.join("") + " ".repeat(-over);
}
