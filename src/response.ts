/** The standard class with the part of its types that is not overridden: they declare its getters as properties. */
const StandardResponse: new (
  body: null,
  init: ResponseInit,
) => Pick<Response, "ok" | "redirected" | "status" | "statusText" | "type"> = Response;

/**
 * A response whose body has arrived whole. It is a standard `Response` to whoever asks for one (`instanceof`, `clone()`,
 * `body`, middleware); its own text and JSON skip the streams that a standard body goes through.
 */
export class BufferedResponse extends StandardResponse {
  readonly #bytes: Buffer;
  readonly #rawHeaders: readonly string[];
  readonly #url: string;
  #headers: Headers | undefined;
  #standard: Response | undefined;
  #used = false;
  #json: unknown;

  /** @param rawHeaders Names and values in turn, as Node gives them. */
  constructor(init: { status: number; statusText: string; rawHeaders: readonly string[]; url: string; bytes: Buffer }) {
    super(null, { status: init.status, statusText: init.statusText });
    this.#bytes = init.bytes;
    this.#rawHeaders = init.rawHeaders;
    this.#url = init.url;
  }

  get url(): string {
    return this.#url;
  }

  get headers(): Headers {
    if (this.#headers) return this.#headers;
    const headers = new Headers();
    for (let i = 0; i + 1 < this.#rawHeaders.length; i += 2)
      headers.append(this.#rawHeaders[i] as string, this.#rawHeaders[i + 1] as string);
    // openapi-fetch reads JSON through json() only when it knows the length, and takes "0" for no body.
    headers.delete("transfer-encoding");
    headers.set("content-length", String(this.#bytes.length));
    this.#headers = headers;
    return headers;
  }

  /** The body's length in bytes. */
  get size(): number {
    return this.#bytes.length;
  }

  /** Reads the body as text without using it up. */
  peekText(): string {
    const text = this.#bytes.toString("utf8");
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  /** Reads the body as JSON without using it up; undefined when it is none. Parsed once, also for {@link json}. */
  peekJson(): unknown {
    try {
      return this.#parse();
    } catch {
      return undefined;
    }
  }

  get bodyUsed(): boolean {
    return this.#used || (this.#standard?.bodyUsed ?? false);
  }

  get body(): Response["body"] {
    return this.#bytes.length === 0 ? null : this.#whole().body;
  }

  async text(): Promise<string> {
    if (this.#standard) return this.#standard.text();
    this.#use();
    return this.peekText();
  }

  async json(): Promise<unknown> {
    if (this.#standard) return this.#standard.json();
    this.#use();
    return this.#parse();
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#whole().arrayBuffer();
  }

  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.arrayBuffer());
  }

  blob(): Promise<Blob> {
    return this.#whole().blob();
  }

  formData(): Promise<FormData> {
    return this.#whole().formData();
  }

  clone(): BufferedResponse {
    if (this.bodyUsed) throw new TypeError("The body was read already: clone the response before reading it");
    return this.#with(this.#bytes);
  }

  /** The same response with another text for its body. */
  mapText(change: (text: string) => string): BufferedResponse {
    const text = this.peekText();
    const changed = change(text);
    return changed === text ? this : this.#with(Buffer.from(changed));
  }

  #parse(): unknown {
    this.#json ??= JSON.parse(this.peekText());
    return this.#json;
  }

  #with(bytes: Buffer): BufferedResponse {
    const { status, statusText } = this;
    return new BufferedResponse({ status, statusText, rawHeaders: this.#rawHeaders, url: this.#url, bytes });
  }

  /** The standard response with the same body, made when something other than text or JSON is asked for. */
  #whole(): Response {
    if (!this.#standard) {
      this.#standard = new Response(new Uint8Array(this.#bytes), { headers: this.headers });
      if (this.#used) void this.#standard.body?.cancel();
    }
    return this.#standard;
  }

  #use(): void {
    if (this.#used) throw new TypeError("The body was read already");
    this.#used = true;
  }
}
