/** Whether standard output is closed, as after `>&-` in a shell. */
import { fstatSync, readFileSync, statSync } from "node:fs";

/** Opened for reading and writing (O_RDWR), in the octal flags of /proc. */
const READ_AND_WRITE = /^flags:\s*\d*2$/m;

/**
 * Node opens /dev/null for reading and writing in place of a standard stream that is closed, so that writing to it
 * succeeds. A shell's `>/dev/null` is open for writing only, and a program that starts this one without any output
 * discards standard error, too. False where there is no /proc.
 */
export function isOutputClosed(): boolean {
  try {
    return isReplaced(1) && !isReplaced(2);
  } catch {
    return false;
  }
}

function isReplaced(descriptor: number): boolean {
  if (fstatSync(descriptor).rdev !== statSync("/dev/null").rdev) return false;
  return READ_AND_WRITE.test(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"));
}
