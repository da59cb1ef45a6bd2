/** Measures, cuts and wraps text for the cells of a terminal. */
import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();
const PLAIN = /^[\x20-\x7e]*$/;

/** The number of cells that a text takes. */
export function widthOf(text: string): number {
  // A hundred times as fast for plain texts, which most texts of a long listing are.
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Makes a text exactly this wide: it is padded, or cut by an ellipsis at its end or in its middle. */
export function fit(text: string, cells: number, cut: "end" | "middle" = "end"): string {
  let over = widthOf(text) - cells;
  if (over <= 0) return text + " ".repeat(-over);
  const graphemes = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const cutIndex = cut === "middle" ? Math.ceil((cells - 1) / 2) : graphemes.length;
  // The ellipsis takes a cell, too.
  over++;
  while (over > 0) {
    const [grapheme] = graphemes.splice(Math.min(cutIndex, graphemes.length - 1), 1);
    over -= stringWidth(grapheme!);
  }
  graphemes.splice(cutIndex, 0, "…");
  return graphemes.join("") + " ".repeat(-over);
}

/** Breaks a text between words into lines of at most this many cells. */
export function wrapped(text: string, cells: number): string {
  let [line = "", ...words] = text.split(" ");
  let lines = "";
  for (const word of words) {
    if (widthOf(line) + 1 + widthOf(word) <= cells) line += ` ${word}`;
    else {
      lines += `${line}\n`;
      line = word;
    }
  }
  return lines + line;
}
