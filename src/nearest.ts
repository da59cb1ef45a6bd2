/** Finds the word that a mistyped one was probably meant to be. */

/**
 * The known word that begins with a mistyped one, or that differs from it in few letters. Case and an option's hyphens
 * do not count.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = plain(word);
  const changes = (name: string) => (typed !== "" && plain(name).startsWith(typed) ? 0 : distance(typed, plain(name)));
  return known
    .filter((name) => changes(name) <= Math.max(2, Math.floor(plain(name).length / 3)))
    .sort((a, b) => changes(a) - changes(b))[0];
}

function plain(word: string): string {
  return word.slice(0, 64).replace(/^-+/, "").toLowerCase();
}

/** The Levenshtein distance: the number of letters to change, add or leave out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
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
