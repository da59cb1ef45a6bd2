/** Bounds a call in time, and stops it when the caller aborts. */
import { setMaxListeners } from "node:events";
import { TimeoutError } from "../errors.ts";

/** Registers the function that stops a step: it is called at most once, with the reason. */
export type OnStop = (stop: (reason: unknown) => void) => void;

/** The time that one call may take, and the signals that end it. */
export class Deadline {
  readonly #signals: readonly AbortSignal[];
  readonly #deadline: number;
  readonly #timeout: number;

  /** @param timeout For all of the call, in milliseconds; infinite for a call that only its signals bound. */
  constructor(timeout: number, signals: readonly AbortSignal[]) {
    this.#timeout = timeout;
    this.#deadline = performance.now() + timeout;
    this.#signals = signals;
    for (const signal of signals) allowManyListeners(signal);
  }

  /** Milliseconds left of the call's time. */
  get remaining(): number {
    return this.#deadline - performance.now();
  }

  /** The signal by which the caller has ended the call. */
  get aborted(): AbortSignal | undefined {
    return this.#signals.find((signal) => signal.aborted);
  }

  /**
   * Runs one step of the call. Rejects at once, whether the step stops when it is told or not, with the caller's
   * `signal.reason`, or with a {@link TimeoutError} when the step or the call has run out of time.
   * @param awaited The thing the step waits for, as its error names it.
   * @param most For this step, in milliseconds; the call's own deadline holds all the same.
   */
  run<T>(awaited: string, step: (onStop: OnStop) => Promise<T>, most: number = Number.POSITIVE_INFINITY): Promise<T> {
    const { aborted } = this;
    if (aborted) return Promise.reject(abortReasonOf(aborted));
    return new Promise((resolve, reject) => {
      // No AbortSignal: each one costs as much as the rest of this function, and lives long as garbage.
      let stopStep: ((reason: unknown) => void) | undefined;
      const remaining = this.remaining;
      const fail = (reason: unknown) => {
        settle();
        reject(reason);
      };
      const stop = (reason: unknown) => {
        fail(reason);
        stopStep?.(reason);
      };
      const late = () =>
        stop(
          most < remaining
            ? new TimeoutError(`Waited ${most} ms (attemptTimeout) for ${awaited}.`)
            : new TimeoutError(`The call took its ${this.#timeout} ms (timeout), at the end waiting for ${awaited}.`),
        );
      const time = Math.min(most, remaining);
      const timer = time < Number.POSITIVE_INFINITY ? setTimeout(late, Math.max(0, time)) : undefined;
      const onAbort = () => this.aborted && stop(abortReasonOf(this.aborted));
      for (const signal of this.#signals) signal.addEventListener("abort", onAbort);
      const settle = () => {
        clearTimeout(timer);
        for (const signal of this.#signals) signal.removeEventListener("abort", onAbort);
      };
      const stepped = step((stop) => {
        stopStep = stop;
      });
      stepped.then((value) => {
        settle();
        resolve(value);
      }, fail);
    });
  }
}

/** One signal may stop any number of calls, and Node takes more than ten listeners for a leak. */
function allowManyListeners(signal: AbortSignal): void {
  try {
    setMaxListeners(0, signal);
  } catch {
    // Node refuses a signal that is not its own, such as jsdom's, and does not count its listeners.
  }
}

/** The reason that a signal was aborted with, as `signal.reason` gives it; older polyfills have none. */
export function abortReasonOf(signal: AbortSignal): unknown {
  return "reason" in signal ? signal.reason : new DOMException("This operation was aborted", "AbortError");
}

/** `signal.throwIfAborted()`, which polyfills lack. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortReasonOf(signal);
}
