/** Dates requests, and corrects the date when the machine's clock is wrong. */
import type { HeaderLookup } from "./headers.ts";

const TOLERANCE = 4 * 60_000;
const LONGEST_ROUND_TRIP = 900_000;

/** The time of an attempt, in milliseconds since 1970. */
export interface Stamp {
  /** The time by the machine's clock. */
  readonly sent: number;
  /** The corrected time, which dates the request. */
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
   * Corrects the clock by the `Date` of a response. Returns whether the request's date was more than four minutes off:
   * then a retry with a fresh date may pass, also when another call has corrected the clock in the meantime.
   */
  correct(headers: HeaderLookup, { sent, dated }: Stamp): boolean {
    const now = this.#now();
    const serverTime = Date.parse(headers.get("date") ?? "");
    // The date of a cached or long delayed response says nothing about the service's clock now.
    if (Number.isNaN(serverTime) || headers.get("age") !== null || now - sent > LONGEST_ROUND_TRIP) return false;
    if (Math.abs(serverTime - (dated + now - sent)) <= TOLERANCE) return false;
    this.#offset = serverTime - now;
    return true;
  }
}
