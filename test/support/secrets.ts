/** Prints values in every way, and looks for the secrets of a request in the result. */
import { inspect } from "node:util";
import * as assert from "uvu/assert";

export const credentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJIMEYCIQ+DEXAMPLETOKEN==",
};

/** The JSON of a value; empty for a value that is nested too deeply. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch (error) {
    assert.instance(error, RangeError);
    return "";
  }
}

/** All printed forms of a value. */
export function printed(value: unknown): string {
  const options = {
    depth: Number.POSITIVE_INFINITY,
    showHidden: true,
    getters: true,
    maxStringLength: null,
    maxArrayLength: null,
  };
  return [
    inspect(value),
    inspect(value, options),
    jsonOf(value),
    String(value),
    value instanceof Error ? `${value.stack}${jsonOf(value.cause)}` : "",
  ].join("\n");
}

/** The spellings of a secret: JSON, URLs and HTML may escape characters other than letters and digits. */
export const SPELLINGS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => secret.replaceAll("/", "\\/"),
  (secret) => secret.replace(/[/+=]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`),
  encodeURIComponent,
  (secret) => secret.replace(/[/+=]/g, (character) => `&#${character.charCodeAt(0)};`),
  (secret) => secret.replace(/[/+=]/g, (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`),
];

export function assertNoSecret(value: unknown, what: string, signatures: readonly string[] = []): void {
  const text = printed(value);
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken, "AWS4-HMAC-SHA256", ...signatures])
    for (const form of SPELLINGS.map((spell) => spell(secret)))
      assert.is(text.includes(form), false, `${what} shows ${form}:\n${text.slice(0, 2000)}`);
}
