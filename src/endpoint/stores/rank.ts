/**
 * A record's place in the order as one ascending number, so that an index on (collection, rank, name) is both the
 * record's key and the order of its pages, without a NULL or a descending column in it.
 */

/** Beyond the −8.64e15 ms of the earliest date that JavaScript can tell. */
const NO_TIME = 9e15;

/** The rank before every other, from which the first page starts. */
export const FIRST_RANK: number = -NO_TIME;

/** From a creation time in ms: the newest first, none last. */
export function rankOf(created: number | null): number {
  // 0 - x, since -0 is not what a database gives back for it
  return created === null ? NO_TIME : 0 - created;
}

/** The creation time in ms that a rank stands for. */
export function createdOf(rank: number): number | null {
  return rank === NO_TIME ? null : 0 - rank;
}
