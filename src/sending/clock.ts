/** Corrects a wrong local clock. */
import type { HeaderLookup } from "./headers.ts";

const TOLERANCE = 4 * 60_000;
const LONGEST_ROUND_TRIP = 900_000;

/** When an attempt was sent. */
export interface Stamp {
  /** By the machine's clock, in milliseconds since 1970. */
  readonly sent: number;
  /** The request's date: the same, corrected. */
  readonly dated: number;
}

/**
 * The clock that dates requests: the machine's, corrected by the service's `Date` header.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class Clock {
  readonly #now: () => number;
  #offset = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  stamp(): Stamp {
    const sent = this.#now();
    return { sent, dated: sent + this.#offset };
  }

  /**
   * Corrects the clock by a response that a wrong clock explains. True when the request's date was more than four
   * minutes off, also when another call has corrected the clock meanwhile: the same request, dated afresh, may pass now.
   */
  correct(headers: HeaderLookup, { sent, dated }: Stamp): boolean {
    const now = this.#now();
    const theirs = Date.parse(headers.get("date") ?? "");
    // The date of a cached or long delayed response says nothing about the service's clock now.
    if (Number.isNaN(theirs) || headers.get("age") !== null || now - sent > LONGEST_ROUND_TRIP) return false;
    if (Math.abs(theirs - (dated + now - sent)) <= TOLERANCE) return false;
    this.#offset = theirs - now;
    return true;
  }
}
