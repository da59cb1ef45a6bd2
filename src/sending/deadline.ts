/** Ends a call when its time is over or its caller aborts. */
import { setMaxListeners } from "node:events";
import { TimeoutError } from "../errors.ts";

/** Registers the function that stops a step. The function is called at most once, with the reason. */
export type OnStop = (stop: (reason: unknown) => void) => void;

/** The time that one call may take, and the signals that end it. */
export class Deadline {
  readonly #signals: readonly AbortSignal[];
  readonly #deadline: number;
  readonly #timeout: number;

  /** @param timeout Milliseconds for the whole call; Infinity when only the signals may end it. */
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

  /** The first signal that has aborted, if any has. */
  get aborted(): AbortSignal | undefined {
    return this.#signals.find((signal) => signal.aborted);
  }

  /**
   * Runs one step of the call. Rejects with the caller's `signal.reason` on an abort, and with a {@link TimeoutError}
   * when the time of the step or of the call is over. It rejects at once: it does not wait for the step to stop.
   * @param awaited A noun phrase for the error text: the thing that the step waits for.
   * @param stepTimeout Milliseconds for this step. The deadline of the call holds as well.
   */
  run<T>(
    awaited: string,
    step: (onStop: OnStop) => Promise<T>,
    stepTimeout: number = Number.POSITIVE_INFINITY,
  ): Promise<T> {
    const { aborted } = this;
    if (aborted) return Promise.reject(abortReasonOf(aborted));
    return new Promise((resolve, reject) => {
      // A function and not an AbortSignal: a signal takes as much time as the rest of this method, and is slow to
      // collect.
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
      const onTimeout = () =>
        stop(
          stepTimeout < remaining
            ? new TimeoutError(`Waited ${stepTimeout} ms (attemptTimeout) for ${awaited}.`)
            : new TimeoutError(`The call took its ${this.#timeout} ms (timeout), at the end waiting for ${awaited}.`),
        );
      const delay = Math.min(stepTimeout, remaining);
      const timer = delay < Number.POSITIVE_INFINITY ? setTimeout(onTimeout, Math.max(0, delay)) : undefined;
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

/** Lets one signal stop any number of calls: Node warns of a leak from the eleventh listener on. */
function allowManyListeners(signal: AbortSignal): void {
  try {
    setMaxListeners(0, signal);
  } catch {
    // Node refuses a foreign signal, such as jsdom's, and does not count its listeners.
  }
}

/** The `signal.reason` of an aborted signal. Older polyfills have no `reason`: they get the standard AbortError. */
export function abortReasonOf(signal: AbortSignal): unknown {
  return "reason" in signal ? signal.reason : new DOMException("This operation was aborted", "AbortError");
}

/** Does the same as `signal.throwIfAborted()`, which older polyfills lack. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortReasonOf(signal);
}
