import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomFillSync } from "node:crypto";
import { type Cursor, START } from "../stores/store.ts";

const CIPHER = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;

/** Random bytes for the nonces of many tokens: to draw each one's own costs as much as to seal it. */
const nonces = Buffer.alloc(256 * NONCE);
let drawn = nonces.length;

function nextNonce(): Buffer {
  if (drawn === nonces.length) {
    randomFillSync(nonces);
    drawn = 0;
  }
  drawn += NONCE;
  return nonces.subarray(drawn - NONCE, drawn);
}

/** The KeyObjects of stores' keys: Node 24 takes 8 µs to make one, as long as to seal a token. */
const keyObjects = new WeakMap<Buffer, KeyObject>();

function keyObjectOf(key: Buffer): KeyObject {
  const keyObject = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, keyObject);
  return keyObject;
}

/** The version that every token is sealed with. Tokens of version 1 no longer open: their times were in milliseconds. */
const VERSION = 2;

/**
 * Seals a cursor into a page token: base64 of nonce, ciphertext and tag. Nobody without the store's key can read or
 * make one, and it opens for the same listing only. It does not expire: it opens until the key or {@link VERSION}
 * changes.
 *
 * @param listing what the token is bound to
 */
export function sealPageToken(key: Buffer, listing: string, cursor: Cursor): string {
  const nonce = nextNonce();
  const cipher = createCipheriv(CIPHER, keyObjectOf(key), nonce).setAAD(Buffer.from(`${VERSION} ${listing}`));
  const text = cipher.update(JSON.stringify([cursor.rank, cursor.name]));
  return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]).toString("base64");
}

/**
 * The cursor in a page token; undefined when the token was not sealed with this key for this listing, or holds no
 * cursor.
 */
export function openPageToken(key: Buffer, listing: string, token: string): Cursor | undefined {
  const bytes = Buffer.from(token, "base64");
  // Base64 has several spellings for the same bytes; only the one that was given out is a token.
  if (bytes.length < NONCE + TAG || bytes.toString("base64") !== token) return undefined;
  const decipher = createDecipheriv(CIPHER, keyObjectOf(key), bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(`${VERSION} ${listing}`))
    .setAuthTag(bytes.subarray(-TAG));
  const text = decipher.update(bytes.subarray(NONCE, -TAG));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return cursorIn(text.toString());
}

/** A cursor as it was sealed. Somebody who can read the store's key can seal anything. */
function cursorIn(text: string): Cursor | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(content) || content.length !== 2) return undefined;
  const [rank, name] = content as unknown[];
  const isRank = typeof rank === "number" && Number.isInteger(rank) && Math.abs(rank) <= -START.rank;
  // No name of a record holds a NUL, which PostgreSQL does not take.
  return isRank && typeof name === "string" && !name.includes("\0") ? { rank, name } : undefined;
}
