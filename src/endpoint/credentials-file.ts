import { readFile, stat } from "node:fs/promises";
import { isObject } from "../values.ts";
import type { Key } from "./keys.ts";

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isNames = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isTime = (value: unknown): boolean =>
  isText(value) && /^\d{4}-.*(Z|[-+]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));

const REQUIRED: readonly string[] = ["accessKeyId", "secretAccessKey"];

/** What a key may have: a check of each member, and the rule in words. */
const MEMBERS: Readonly<Record<keyof Key, readonly [fits: (value: unknown) => boolean, rule: string]>> = {
  accessKeyId: [(value) => isText(value) && /^\w+$/.test(value), "must be a string of letters, digits and underscores"],
  secretAccessKey: [isText, "must be a string that is not empty"],
  sessionToken: [isText, "must be a string that is not empty"],
  expiration: [isTime, "must be a time such as 2027-01-31T12:00:00Z"],
  actions: [isNames, "must be a list of names, none of them empty"],
  projects: [isNames, "must be a list of names, none of them empty"],
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
    throw new Error(
      `${path} can be read by others. Run \`chmod 600 ${path}\`, or allow it with allowReadableCredentials.`,
    );
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
  if (!isObject(key)) throw new Error(`${place} is not an object.`);
  for (const name of Object.keys(key)) {
    // A misspelt permission, passed over, would permit everything.
    if (!Object.hasOwn(MEMBERS, name)) throw new Error(`${place} has an unknown member '${name}'.`);
  }
  for (const [name, [fits, rule]] of Object.entries(MEMBERS)) {
    if (key[name] === undefined ? REQUIRED.includes(name) : !fits(key[name]))
      throw new Error(`${place}: ${name} ${rule}.`);
  }
  const { expiration, ...rest } = key as Omit<Key, "expiration"> & { expiration?: string };
  return expiration === undefined ? rest : { ...rest, expiration: new Date(expiration) };
}
