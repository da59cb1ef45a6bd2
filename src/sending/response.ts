/** The part of `Headers` that reading an answer takes. */
export type HeaderLookup = Pick<Headers, "get">;

/** What of an answer comes before its body. */
export interface ResponseHead extends Pick<Response, "status" | "statusText" | "url"> {
  /** Names and values in turn, as Node gives them. */
  readonly rawHeaders: readonly string[];
}

/**
 * An answer that has arrived whole. It has what openapi-fetch asks of a `Response`, without the streams that a standard
 * body goes through; whoever is promised a standard one gets {@link PlainResponse.toResponse}.
 */
export class PlainResponse implements HeaderLookup {
  readonly status: number;
  readonly ok: boolean;
  readonly #head: ResponseHead;
  readonly #bytes: Buffer;
  #json: unknown;

  constructor(head: ResponseHead, bytes: Buffer) {
    this.status = head.status;
    this.ok = head.status >= 200 && head.status < 300;
    this.#head = head;
    this.#bytes = bytes;
  }

  get headers(): HeaderLookup {
    return this;
  }

  /** A header; one that came several times is joined by commas. */
  get(name: string): string | null {
    const wanted = name.toLowerCase();
    // It came whole, however it came: openapi-fetch asks for json(), which is parsed already, only of a known length.
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

  /** The body as JSON, parsed once; undefined when it is none. */
  json(): unknown {
    try {
      this.#json ??= JSON.parse(this.text());
    } catch {}
    return this.#json;
  }

  /** The same answer with every text of it changed: its body and what its headers say. */
  map(change: (text: string) => string): PlainResponse {
    const text = this.text();
    const changed = change(text);
    const head = { ...this.#head, rawHeaders: this.#head.rawHeaders.map(change) };
    // A body that is no text would not come back from being one.
    return new PlainResponse(head, changed === text ? this.#bytes : Buffer.from(changed));
  }

  /** The same as a standard `Response`. */
  toResponse(): Response {
    const { status, statusText, rawHeaders, url } = this.#head;
    const headers = new Headers();
    for (let i = 0; i + 1 < rawHeaders.length; i += 2)
      headers.append(rawHeaders[i] as string, rawHeaders[i + 1] as string);
    // A Response refuses a body, even an empty one, with these.
    const body = [204, 205, 304].includes(status) ? null : new Uint8Array(this.#bytes);
    return at(url, new Response(body, { status, statusText, headers }));
  }
}

/** Says where a response came from, and has its clones say so: fetch alone makes such responses. */
function at(url: string, response: Response): Response {
  const clone = () => at(url, Response.prototype.clone.call(response));
  return Object.defineProperties(response, { url: { value: url }, clone: { value: clone } });
}
