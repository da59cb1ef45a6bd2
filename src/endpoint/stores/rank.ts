/**
 * A record's place in the order as one ascending number, so that an index on (collection, rank, name) is both the
 * record's key and the order of its pages, without a NULL or a descending column in it.
 */

import type { Cursor } from "../store.ts";

/** Beyond the −8.64e15 ms of the earliest date that JavaScript can tell. */
const NO_TIME = 9e15;

/** The rank before every other, from which the first page starts. */
export const FIRST_RANK: number = -NO_TIME;

/** A page's last record as an engine tells it. */
export type Last = readonly [rank: number, name: string];

/** From a creation time in ms: the newest first, none last. */
export function rankOf(created: number | null): number {
  // 0 - x, since -0 is not what a database gives back for it
  return created === null ? NO_TIME : 0 - created;
}

/** The place that a rank and a name stand for. */
export function cursorOf([rank, name]: Last): Cursor {
  return { created: rank === NO_TIME ? null : 0 - rank, name };
}
