/** Text in the cells of a terminal. */
import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();

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
