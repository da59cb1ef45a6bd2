/** A part of an inventory, cut out by its brackets and quotes. */
export interface Segment {
  /**
   * A record, or a page in place of one; the rest of a page whose records were cut out; or the place from which on
   * nothing can be read, since brackets or quotes do not match.
   */
  readonly kind: "record" | "page" | "broken";
  /** JSON that is not parsed yet; the reason, for a broken segment. */
  readonly text: string;
  /** The line in which it begins, from 1. */
  readonly line: number;
}
