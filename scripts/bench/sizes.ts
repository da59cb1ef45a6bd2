/** Jobs on a page: the service's most, and its default. */
export const PAGE_SIZE = 100;

/** The name of a page server's project with so many pages, each of which is answered after so many milliseconds. */
export function projectOf(pages: number, delay = 0): string {
  return `pages-${pages}-delay-${delay}`;
}
