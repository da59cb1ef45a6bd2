/** Finds the word that was probably meant. */

/** The known word that is nearest to a mistyped one, when few letters differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const changes = (name: string) => distance(word.slice(0, 64).toLowerCase(), name.toLowerCase());
  return known
    .filter((name) => changes(name) <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => changes(a) - changes(b))[0];
}

/** Levenshtein's distance: how many letters to change, add or leave out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [at, letter] of [...a].entries()) {
    const next = [at + 1];
    for (let column = 1; column <= b.length; column++)
      next[column] = Math.min(
        row[column]! + 1,
        next[column - 1]! + 1,
        row[column - 1]! + (letter === b[column - 1] ? 0 : 1),
      );
    row = next;
  }
  return row.at(-1)!;
}
