import { constants, open } from "node:fs/promises";
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
  let content: unknown;
  try {
    content = JSON.parse(await readPrivate(path, allowReadable));
  } catch (cause) {
    // The parser's own message quotes the text, and with it perhaps a secret.
    if (cause instanceof SyntaxError) throw new Error(`${path} is not JSON.`);
    throw cause;
  }
  if (!isObject(content) || !Array.isArray(content.keys)) throw new Error(`${path} must hold { "keys": [ … ] }.`);
  // A restriction one level too high, passed over, would permit everything.
  const unknown = Object.keys(content).find((name) => name !== "keys");
  if (unknown !== undefined) throw new Error(`${path} has an unknown member '${unknown}' beside "keys".`);
  return content.keys.map((key: unknown, index) => readKey(key, `${path}: key ${index + 1}`));
}

/** Reads a file of the user's own. It is opened once: a second look by its path could be at another file. */
async function readPrivate(path: string, allowReadable: boolean): Promise<string> {
  // Opening a named pipe would wait for a writer otherwise.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error(`${path} is not a regular file.`);
    // Windows has no such owners and mode bits; its access lists are not looked at.
    if (process.platform !== "win32" && !allowReadable) {
      if (stat.uid !== 0 && stat.uid !== process.geteuid?.()) {
        throw new Error(`${path} belongs to another user. Run \`chown\` on it, or allow readable credentials.`);
      }
      if ((stat.mode & 0o077) !== 0) {
        throw new Error(`${path} can be read by others. Run \`chmod 600 ${path}\`, or allow readable credentials.`);
      }
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function readKey(key: unknown, place: string): Key {
  checkKey(key, place, RULES);
  const { expiration, ...rest } = key as Omit<Key, "expiration"> & { expiration?: string };
  return expiration === undefined
    ? rest
    : { ...rest, expiration: new Date(Math.round(epochSeconds(expiration)! * 1000)) };
}
