/** A `fetch` over node:http(s) that obeys the options for certificates and connections. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import { ConfigurationError } from "../index.ts";
import type { Setting } from "./settings.ts";

/** The differences from Node's own connections. */
export interface ConnectionOptions {
  /** The file with the certificates to trust in place of Node's. */
  readonly caBundle: Setting | undefined;
  /** Whether any certificate is trusted. */
  readonly trustsAll: boolean;
  /** The most milliseconds for opening a connection. */
  readonly connectTimeout: number | undefined;
}

const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Makes a `fetch` that follows no redirect.
 * @throws ConfigurationError when the certificates cannot be read
 */
export function connectionFetch(options: ConnectionOptions): (request: Request) => Promise<Response> {
  const { caBundle, trustsAll, connectTimeout } = options;
  const tls = trustsAll ? { rejectUnauthorized: false } : { ca: caBundle && certificatesOf(caBundle) };
  const agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true, ...tls }),
  };
  return (request) =>
    new Promise((resolve, reject) => {
      const { protocol } = new URL(request.url);
      const isPlain = protocol === "http:";
      const outgoing = (isPlain ? http : https).request(request.url, {
        agent: agents[isPlain ? "http:" : "https:"],
        method: request.method,
        headers: Object.fromEntries(request.headers),
        signal: request.signal,
      });
      outgoing.on("error", reject);
      outgoing.on("response", (incoming) => {
        const { statusCode: status = 0, statusMessage: statusText = "", rawHeaders } = incoming;
        const headers = new Headers();
        for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i]!, rawHeaders[i + 1]!);
        const body = BODILESS.has(status) ? null : (Readable.toWeb(incoming) as ReadableStream);
        resolve(new Response(body, { status, statusText, headers }));
      });
      if (connectTimeout !== undefined) endUnlessConnected(outgoing, isPlain, connectTimeout);
      outgoing.end();
    });
}

/** Ends a request whose connection, TLS included, is not open in time. */
function endUnlessConnected(outgoing: http.ClientRequest, isPlain: boolean, milliseconds: number): void {
  outgoing.on("socket", (socket) => {
    // A reused connection is open already.
    if (outgoing.reusedSocket) return;
    const late = Object.assign(new Error(`no connection within ${milliseconds / 1000} s`), { code: "ETIMEDOUT" });
    const timer = setTimeout(() => outgoing.destroy(late), milliseconds);
    socket.once(isPlain ? "connect" : "secureConnect", () => clearTimeout(timer));
    outgoing.once("close", () => clearTimeout(timer));
  });
}

function certificatesOf({ value, source }: Setting): Buffer {
  try {
    const bytes = readFileSync(value);
    // Checked here, because TLS would trust no certificate and not say why.
    new X509Certificate(bytes);
    return bytes;
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    const reason = code.startsWith("E") && !code.startsWith("ERR_") ? code : "it holds no certificate in PEM";
    throw new ConfigurationError(`${source} names ${value}, which cannot be read: ${reason}.`, { cause });
  }
}
