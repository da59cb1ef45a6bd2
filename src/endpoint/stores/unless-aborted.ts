/**
 * Waits for a promise.
 * @throws the signal's reason, as soon as it is aborted
 */
export async function unlessAborted<T>(waiting: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return waiting;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/**
 * Waits for a promise so many milliseconds.
 * @throws Error when they are over, or the signal's reason
 */
export async function within<T>(milliseconds: number, waiting: Promise<T>, signal?: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no response in ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await unlessAborted(Promise.race([waiting, late]), signal);
  } finally {
    clearTimeout(timer);
  }
}
