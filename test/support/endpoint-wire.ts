/** Sends requests as bytes, also malformed ones. */
import { connect, type Socket } from "node:net";

/** A request that every endpoint responds to with a 200, without a signature. */
export const PING = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n";

/** A response as it came over the wire. */
export interface WireResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Sends bytes over a connection of their own, ends its sending half, and gives everything that comes back.
 *
 * @param keepOpen leaves the sending half open, for a server that is expected to end the connection itself
 */
export function exchange(port: number, bytes: string | Uint8Array, { keepOpen = false } = {}): Promise<string> {
  return received(port, (socket) => {
    socket.write(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
    if (!keepOpen) socket.end();
  });
}

/** Opens a connection for `send`, and gives everything that comes back over it until it is closed. */
export function received(port: number, send: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("data", (chunk) => chunks.push(chunk));
    // A reset, after the response or in its place, is for the caller to judge by the bytes that came.
    socket.on("error", () => undefined);
    socket.on("end", () => socket.end());
    socket.on("close", () => resolve(Buffer.concat(chunks).toString()));
    send(socket);
  });
}

/** Splits the bytes that came back into responses. Every response of the endpoint says how long it is. */
export function parseResponses(text: string): WireResponse[] {
  const responses: WireResponse[] = [];
  // A character a byte, since bytes are what the length counts.
  let rest = Buffer.from(text).toString("latin1");
  while (rest !== "") {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) throw new Error(`No response: ${JSON.stringify(rest)}`);
    const [statusLine = "", ...lines] = rest.slice(0, end).split("\r\n");
    const headers = new Map(
      lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.replace(/^[^:]*: /, "")]),
    );
    const length = Number(headers.get("content-length"));
    const body = Buffer.from(rest.slice(end + 4, end + 4 + length), "latin1").toString();
    responses.push({ status: Number(statusLine.split(" ")[1]), headers, body });
    rest = rest.slice(end + 4 + length);
  }
  return responses;
}

/** Sends one request and gives the one response. */
export async function ask(
  port: number,
  bytes: string | Uint8Array,
  options?: { keepOpen?: boolean },
): Promise<WireResponse> {
  const text = await exchange(port, bytes, options);
  const responses = parseResponses(text);
  if (responses.length !== 1) throw new Error(`${responses.length} responses instead of one: ${JSON.stringify(text)}`);
  return responses[0]!;
}
