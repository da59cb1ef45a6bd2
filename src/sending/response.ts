/** A response whose body has arrived whole. */
import type { HeaderLookup } from "./headers.ts";

/** The status line, headers and URL of a response. */
export interface ResponseHead extends Pick<Response, "status" | "statusText" | "url"> {
  /** Names and values in turn, as Node gives them. */
  readonly rawHeaders: readonly string[];
}

/**
 * Takes the place of `Response` in openapi-fetch for typed calls, with the members that openapi-fetch reads: the
 * streams of a standard body take as much time as the signature. {@link PlainResponse.toResponse} makes a standard
 * response.
 */
export class PlainResponse implements HeaderLookup {
  readonly status: number;
  readonly ok: boolean;
  readonly #head: ResponseHead;
  readonly #bytes: Buffer;
  #parsed: { readonly json: unknown } | undefined;

  /** The content coding that the body is still in, because it is unknown here. */
  readonly unknownCoding: string | undefined;

  /** @param bytes No Buffer in the declaration, which would ask users for `@types/node`. */
  constructor(head: ResponseHead, bytes: Uint8Array, unknownCoding?: string) {
    this.unknownCoding = unknownCoding;
    this.status = head.status;
    this.ok = head.status >= 200 && head.status < 300;
    this.#head = head;
    this.#bytes = bytes instanceof Buffer ? bytes : Buffer.from(bytes);
  }

  get headers(): HeaderLookup {
    return this;
  }

  /** A header's value; repeated headers are joined by commas. */
  get(name: string): string | null {
    const wanted = name.toLowerCase();
    // openapi-fetch calls json(), whose result is kept, only for a body of known length. Other bodies it parses itself.
    if (wanted === "content-length") return String(this.size);
    if (wanted === "transfer-encoding") return null;
    const { rawHeaders } = this.#head;
    let found: string | null = null;
    for (let i = 0; i + 1 < rawHeaders.length; i += 2)
      if (rawHeaders[i]?.toLowerCase() === wanted)
        found = found === null ? (rawHeaders[i + 1] as string) : `${found}, ${rawHeaders[i + 1]}`;
    return found;
  }

  /** The body's length in bytes. */
  get size(): number {
    return this.#bytes.length;
  }

  text(): string {
    const text = this.#bytes.toString("utf8");
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  /** The body as parsed JSON, parsed at the first call; undefined when it is not JSON. */
  json(): unknown {
    this.#parsed ??= { json: jsonIn(this.text()) };
    return this.#parsed.json;
  }

  /**
   * Changes the texts of the status line and headers, and of the body when `body` is true.
   * @param change Returns the same list when it changes nothing.
   */
  map(change: (texts: readonly string[]) => readonly string[], { body }: { body: boolean }): PlainResponse {
    const head = [this.#head.statusText, ...this.#head.rawHeaders];
    const bodies = body ? [this.text()] : [];
    const [changedHead, changedBodies] = [change(head), change(bodies)];
    if (changedHead === head && changedBodies === bodies) return this;
    const [statusText = "", ...rawHeaders] = changedHead;
    // An unchanged body keeps its bytes: a string would not preserve binary ones.
    const bytes = changedBodies === bodies ? this.#bytes : Buffer.from(changedBodies.join(""));
    return new PlainResponse({ ...this.#head, statusText, rawHeaders }, bytes, this.unknownCoding);
  }

  /** The same response as a standard `Response`. */
  toResponse(): Response {
    const { status, statusText, rawHeaders, url } = this.#head;
    const headers = new Headers();
    for (let i = 0; i + 1 < rawHeaders.length; i += 2)
      headers.append(rawHeaders[i] as string, rawHeaders[i + 1] as string);
    // The constructor refuses a body with these statuses, even an empty one.
    const body = [204, 205, 304].includes(status) ? null : new Uint8Array(this.#bytes);
    return withUrl(url, new Response(body, { status, statusText, headers }));
  }
}

/** Gives a response and its clones a URL: the constructor cannot set it. */
function withUrl(url: string, response: Response): Response {
  const clone = () => withUrl(url, Response.prototype.clone.call(response));
  return Object.defineProperties(response, { url: { value: url }, clone: { value: clone } });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
