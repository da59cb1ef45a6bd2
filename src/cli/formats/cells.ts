/** Text in the cells of a terminal. */
import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();
const PLAIN = /^[\x20-\x7e]*$/;

/** How many cells a text takes. */
export function widthOf(text: string): number {
  // Most texts of a long listing are plain, and counted a hundred times as fast.
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Text in exactly this many cells: padded, or cut with an ellipsis at its end or in its middle. */
export function fit(text: string, cells: number, cut: "end" | "middle" = "end"): string {
  let over = widthOf(text) - cells;
  if (over <= 0) return text + " ".repeat(-over);
  const graphemes = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const at = cut === "middle" ? Math.ceil((cells - 1) / 2) : graphemes.length;
  // The ellipsis takes a cell as well.
  over++;
  while (over > 0) {
    const [grapheme] = graphemes.splice(Math.min(at, graphemes.length - 1), 1);
    over -= stringWidth(grapheme!);
  }
  graphemes.splice(at, 0, "…");
  return graphemes.join("") + " ".repeat(-over);
}

/** Text in lines of at most this many cells, broken between words. */
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
