/** Keeps the user's name and the password of a database's URL out of the errors of its driver. */
import type { Store } from "./store.ts";
import { decoded } from "./target.ts";

/** A shorter password would be found in words that have nothing to do with it. */
const SHORTEST = 3;

/** Makes a function that redacts the secrets of a URL in an error and its causes, and returns the error. */
export function hider(url: string): (error: unknown) => unknown {
  const { username, password, searchParams } = new URL(url.replace("@/", "@localhost/"));
  const spellings = (...texts: (string | null)[]) => [
    ...new Set(texts.flatMap((text) => (text ? [text, decoded(text) ?? text] : []))),
  ];
  const passwords = spellings(password, searchParams.get("password")).filter(({ length }) => length >= SHORTEST);
  // The server quotes a name. Bare, it may be a word of the message.
  const names = spellings(username, searchParams.get("user")).map((name) => `"${name}"`);
  const hide = (text: string): string => {
    const hidden = passwords.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
    return names.reduce((rest, name) => rest.replaceAll(name, '"…"'), hidden);
  };

  const seen = new WeakSet();
  return function hideIn(error: unknown): unknown {
    if (!(error instanceof Error) || seen.has(error)) return error;
    seen.add(error);
    for (const key of Object.getOwnPropertyNames(error)) {
      const value: unknown = Reflect.get(error, key);
      if (typeof value === "string") Reflect.set(error, key, hide(value));
      else if (key === "cause") hideIn(value);
      else if (key === "errors" && Array.isArray(value)) value.forEach(hideIn);
    }
    return error;
  };
}

/** Wraps a store: its errors hold no secret of its URL. */
export function discreet(store: Store, hide: (error: unknown) => unknown): Store {
  const hiding = <T>(promise: Promise<T>): Promise<T> =>
    promise.catch((error: unknown) => {
      throw hide(error);
    });
  return {
    ...store,
    page: (...given) => hiding(store.page(...given)),
    count: () => hiding(store.count()),
    ping: () => hiding(store.ping()),
    write: (...given) => hiding(store.write(...given)),
    close: () => hiding(store.close()),
  };
}
