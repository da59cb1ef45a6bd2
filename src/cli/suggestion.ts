import { distance } from "fastest-levenshtein";

/** The end of a sentence about an unknown word: a full stop, and the known word that was probably meant. */
export function suggestion(word: string, known: readonly string[]): string {
  const bare = (text: string) => text.replace(/^-+/, "").toLowerCase();
  const changes = (name: string) => (bare(name).startsWith(bare(word)) ? 0 : distance(bare(word), bare(name)));
  const [nearest] = known
    .filter((name) => changes(name) <= Math.max(2, Math.floor(bare(name).length / 3)))
    .sort((a, b) => changes(a) - changes(b));
  return nearest === undefined ? "." : `. Did you mean ${nearest}?`;
}
