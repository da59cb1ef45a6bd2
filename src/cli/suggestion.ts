import { nearest } from "../nearest.ts";

/** The end of a sentence about an unknown word: a full stop, and the known word that was probably meant. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? "." : `. Did you mean ${meant}?`;
}
