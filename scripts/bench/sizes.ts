/** Jobs on a page: the service's maximum, which is its default too. */
export const PAGE_SIZE = 100;

/** The project of a page server by its number of pages and the milliseconds before each response. */
export function projectOf(pages: number, delay = 0): string {
  return `pages-${pages}-delay-${delay}`;
}
