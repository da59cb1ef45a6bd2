/** Whether standard output is closed, as after `>&-` in a shell. */
import { fstatSync, readFileSync, statSync } from "node:fs";

/** Matches O_RDWR, open for reading and writing, in the octal flags of /proc. */
const READ_AND_WRITE = /^flags:\s*\d*2$/m;

/**
 * Whether Node has replaced a closed standard output by /dev/null, so that writing to it succeeds. It opens it for
 * reading and writing; a shell's `>/dev/null` is open for writing only. When standard error is replaced too, the caller
 * wants no output at all. False on systems without /proc.
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
