import { readFile, stat } from "node:fs/promises";
import { epochSeconds } from "../../iso-time.ts";
import { isObject } from "../../json.ts";
import { checkKey, KEY_RULES, type KeyRules } from "./key-rules.ts";
import type { Key } from "./keys.ts";

const isTime = (value: unknown): boolean => typeof value === "string" && epochSeconds(value) !== undefined;

const { accessKeyId, secretAccessKey, sessionToken, actions, projects } = KEY_RULES;

/** The rules of keys in a file, where a time is text. */
const RULES: KeyRules = {
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration: [isTime, "must be a time such as 2027-01-31T12:00:00Z"],
  actions,
  projects,
};

/**
 * Reads the keys of an endpoint from a JSON file: `{ "keys": [{ "accessKeyId": …, "secretAccessKey": … }] }`. A key may
 * also have `sessionToken`, `expiration` (ISO 8601), `actions` and `projects`, as {@link Key} describes them.
 *
 * @param allowReadable whether to take a file that other users of the machine have access to
 * @throws Error that names the file, the key and the member
 */
export async function readCredentialsFile(path: string, allowReadable: boolean): Promise<Key[]> {
  // Windows has no such mode bits; its access lists are not looked at.
  const open = process.platform !== "win32" && ((await stat(path)).mode & 0o077) !== 0;
  if (open && !allowReadable) {
    throw new Error(`${path} can be read by others. Run \`chmod 600 ${path}\`, or allow readable credentials.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    // The parser's own message quotes the text, and with it perhaps a secret.
    if (cause instanceof SyntaxError) throw new Error(`${path} is not JSON.`);
    throw cause;
  }
  if (!isObject(content) || !Array.isArray(content.keys)) throw new Error(`${path} must hold { "keys": [ … ] }.`);
  return content.keys.map((key: unknown, index) => readKey(key, `${path}: key ${index + 1}`));
}

function readKey(key: unknown, place: string): Key {
  checkKey(key, place, RULES);
  const { expiration, ...rest } = key as Omit<Key, "expiration"> & { expiration?: string };
  return expiration === undefined
    ? rest
    : { ...rest, expiration: new Date(Math.round(epochSeconds(expiration)! * 1000)) };
}
