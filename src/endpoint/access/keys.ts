import { randomBytes, randomInt } from "node:crypto";
import type { Credentials } from "../../signing/credentials.ts";
import { ErrorResponse } from "../http/error-response.ts";

/** A key that the endpoint knows, and its permissions. */
export interface Key extends Credentials {
  /**
   * The actions it may call, for example `service:Operation`; a `*` at the end stands for any rest.
   * @default every action
   */
  readonly actions?: readonly string[] | undefined;
  /**
   * The projects it may list; a `*` at the end stands for any rest.
   * @default every project
   */
  readonly projects?: readonly string[] | undefined;
}

/**
 * Keys by their access key id.
 *
 * @throws Error when there is none, or two have one id
 */
export function keyRing(keys: readonly Key[]): ReadonlyMap<string, Key> {
  if (keys.length === 0) throw new Error("There is no key in the credentials: nobody could call the endpoint.");
  const ring = new Map<string, Key>();
  for (const key of keys) {
    if (ring.has(key.accessKeyId)) throw new Error(`The access key id ${key.accessKeyId} is given twice.`);
    ring.set(key.accessKeyId, key);
  }
  return ring;
}

/** Makes a key for an endpoint that was given none. Its id does not begin with AKIA: no scanner takes it for AWS's. */
export function makeKey(): Key {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const id = Array.from({ length: 15 }, () => letters[randomInt(letters.length)]).join("");
  return { accessKeyId: `LOCAL${id}`, secretAccessKey: randomBytes(30).toString("base64") };
}

/**
 * Checks that a key may do this. It runs before anything is looked up: a refusal must not tell what exists.
 *
 * @throws ErrorResponse AccessDeniedException
 */
export function authorize(key: Key, action: string, project: string): void {
  if (permits(key.actions, action) && permits(key.projects, project)) return;
  throw new ErrorResponse("AccessDeniedException", `User: ${key.accessKeyId} is not authorized to perform: ${action}`);
}

function permits(permitted: readonly string[] | undefined, wanted: string): boolean {
  if (permitted === undefined) return true;
  return permitted.some((entry) => (entry.endsWith("*") ? wanted.startsWith(entry.slice(0, -1)) : wanted === entry));
}
