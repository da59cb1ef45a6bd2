/** The end of a sentence about an unknown word: a full stop, and the known word that was probably meant. */
export function suggestion(word: string, known: readonly string[]): string {
  const bare = (text: string) => text.replace(/^-+/, "").toLowerCase();
  const distance = (name: string) => (bare(name).startsWith(bare(word)) ? 0 : editDistance(bare(word), bare(name)));
  const [nearest] = known
    .filter((name) => distance(name) <= Math.max(2, Math.floor(bare(name).length / 3)))
    .sort((a, b) => distance(a) - distance(b));
  return nearest === undefined ? "." : `. Did you mean ${nearest}?`;
}

/** How many characters to add, drop or change to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}
