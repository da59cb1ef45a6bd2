import { isObject } from "../../json.ts";
import type { Key } from "./keys.ts";

/** A check of one member, and the rule in words. */
type Rule = readonly [fits: (value: unknown) => boolean, rule: string];

/** The rules of a key's members. */
export type KeyRules = Readonly<Record<keyof Key, Rule> & Record<string, Rule>>;

const REQUIRED: readonly string[] = ["accessKeyId", "secretAccessKey"];

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const TEXT: Rule = [isText, "must be a string that is not empty"];
const NAMES: Rule = [
  (value) => Array.isArray(value) && value.every(isText),
  "must be a list of names, none of them empty",
];
/** The rule of members that AWS's providers add and that mean nothing here. */
const ANYTHING: Rule = [() => true, ""];

/** The rules of keys that a program gives. */
export const KEY_RULES: KeyRules = {
  accessKeyId: [(value) => isText(value) && /^\w+$/.test(value), "must be a string of letters, digits and underscores"],
  secretAccessKey: TEXT,
  sessionToken: TEXT,
  expiration: [(value) => value instanceof Date && !Number.isNaN(value.getTime()), "must be a valid Date"],
  actions: NAMES,
  projects: NAMES,
  accountId: ANYTHING,
  credentialScope: ANYTHING,
  $source: ANYTHING,
};

/**
 * Checks a key against the rules: not every program that gives one is type-checked.
 *
 * @param place what the error calls the key
 * @throws Error that names the key and the member, and never a value
 */
export function checkKey(key: unknown, place: string, rules: KeyRules = KEY_RULES): void {
  if (!isObject(key)) throw new Error(`${place} is not an object.`);
  for (const name of Object.keys(key)) {
    // A misspelt permission, passed over, would permit everything.
    if (!Object.hasOwn(rules, name)) throw new Error(`${place} has an unknown member '${name}'.`);
  }
  for (const [name, [fits, rule]] of Object.entries(rules)) {
    if (key[name] === undefined ? REQUIRED.includes(name) : !fits(key[name]))
      throw new Error(`${place}: ${name} ${rule}.`);
  }
}
