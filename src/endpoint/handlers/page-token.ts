import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Cursor } from "../stores/store.ts";

const CIPHER = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;

/** Sealed in with every token. Those of version 1 had times in milliseconds: they open no more. */
const VERSION = 2;

/**
 * Seals a cursor into a page token: base64 of nonce, ciphertext and tag. Nobody without the store's key can read or
 * make one, and it opens for the same listing only.
 *
 * @param listing what the token is bound to
 */
export function sealPageToken(key: Buffer, listing: string, cursor: Cursor): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(`${VERSION} ${listing}`));
  const text = cipher.update(JSON.stringify([cursor.rank, cursor.name]));
  return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]).toString("base64");
}

/** The cursor in a page token; undefined when the token was not sealed with this key for this listing. */
export function openPageToken(key: Buffer, listing: string, token: string): Cursor | undefined {
  const bytes = Buffer.from(token, "base64");
  // Base64 has several spellings for the same bytes; only the one that was given out is a token.
  if (bytes.length < NONCE + TAG || bytes.toString("base64") !== token) return undefined;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(`${VERSION} ${listing}`))
    .setAuthTag(bytes.subarray(-TAG));
  const text = decipher.update(bytes.subarray(NONCE, -TAG));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  const [rank, name] = JSON.parse(text.toString()) as [number, string];
  return { rank, name };
}
