import { Fault } from "./fault.ts";
import type { Key } from "./keys.ts";

/**
 * Lets a key do what it is permitted.
 *
 * It runs before anything is looked up, so that a refusal cannot depend on what exists.
 *
 * @throws Fault AccessDeniedException
 */
export function authorize(key: Key, action: string, project: string): void {
  if (permits(key.actions, action) && permits(key.projects, project)) return;
  throw new Fault("AccessDeniedException", `User: ${key.accessKeyId} is not authorized to perform: ${action}`);
}

function permits(permitted: readonly string[] | undefined, wanted: string): boolean {
  if (permitted === undefined) return true;
  return permitted.some((entry) => (entry.endsWith("*") ? wanted.startsWith(entry.slice(0, -1)) : wanted === entry));
}
