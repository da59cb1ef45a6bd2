import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tell } from "../../sending/log.ts";
import type { Dispatcher } from "../dispatch.ts";
import { type LogEntry, type Logger, writeLog } from "./call-log.ts";
import { type EndpointResponse, ErrorResponse, toErrorResponse } from "./error-response.ts";
import type { Limits } from "./limits.ts";
import { receive, tooLong } from "./receive.ts";
import { endOfTurn } from "./turn.ts";

/** How an HTTP server runs. */
export interface ServerOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly limits: Limits;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger?: Logger | undefined;
}

/** A request, or what failed to become one, and its answer. */
interface Exchange {
  readonly entry: LogEntry;
  readonly response: ServerResponse;
  /** When its head had arrived, by `performance.now()`. */
  readonly start: number;
}

/**
 * Starts a server that answers every request, and every fault on the way to one, as AWS would. Its `close` takes
 * nothing new, finishes what is in flight, and ends every connection.
 */
export async function startServer(
  dispatch: Dispatcher,
  { host, port, limits, clock, logger }: ServerOptions,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer({
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headTime,
    requestTimeout: limits.requestTime,
    keepAliveTimeout: limits.idleTime,
    connectionsCheckingInterval: Math.min(1000, limits.headTime),
    // A missing Host is the verifier's to refuse: Node would do it without a word.
    requireHostHeader: false,
  });
  server.maxConnections = limits.connections;
  // Their bytes are bounded. A bound on their number would leave out the rest unseen.
  server.maxHeadersCount = 0;
  // For answers that nobody takes. Twice, so that a slow request has had its answer by then.
  server.timeout = 2 * limits.requestTime;
  /** Every connection with its latest request. */
  const latest = new Map<Socket, Exchange | undefined>();

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = performance.now();
    const entry: LogEntry = { requestId: randomUUID(), method: message.method, path: message.url?.split("?", 1)[0] };
    const exchange: Exchange = { entry, response, start };
    latest.set(message.socket, exchange);
    let answer: EndpointResponse;
    try {
      answer = await dispatch(await receive(message, limits.bodyBytes), entry);
    } catch (error) {
      answer = toErrorResponse(error);
    }
    // Answers sent together find their callers awake. One by one, each would wake one, which costs more than all else.
    await endOfTurn();
    send(exchange, answer);
  }

  function send({ entry, response, start }: Exchange, answer: EndpointResponse): void {
    // A request is refused before its end when its body turns out to be no HTTP.
    if (response.headersSent) return;
    // A connection kept alive would hold up a server that is closing.
    if (!server.listening) response.setHeader("Connection", "close");
    response.writeHead(answer.status, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(answer.body),
      // A client whose clock is off corrects it by this one.
      Date: new Date(clock()).toUTCString(),
      "x-amzn-RequestId": entry.requestId,
      ...answer.headers,
    });
    response.end(answer.body);
    if (logger !== undefined) tell(() => writeLog(logger, clock(), entry, answer, performance.now() - start));
  }

  /** Refuses what is no HTTP, once its connection is owed no earlier answer, and ends the connection. */
  function refuse(socket: Socket, fault: ErrorResponse): void {
    const last = latest.get(socket);
    const isOwed = last?.response.req.complete && !last.response.closed;
    if (!socket.writable || (isOwed && fault.name === "RequestTimeoutException")) {
      socket.destroy();
    } else if (isOwed) {
      // Reading on would only meet the same fault again.
      socket.pause();
      last.response.once("close", () => refuse(socket, fault));
    } else {
      const exchange = last?.response.req.complete === false ? last : exchangeOn(socket);
      exchange.response.setHeader("Connection", "close");
      send(exchange, fault);
    }
  }

  server.on("request", respond);
  // An expectation that Node does not know is no reason to refuse a request.
  server.on("checkExpectation", respond);
  server.on("connect", ({ socket }) => refuse(socket, headFault("CONNECT", limits)));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) =>
    refuse(socket, headFault(error.code, limits)),
  );
  server.on("connection", (socket: Socket) => {
    latest.set(socket, undefined);
    // Node no longer listens once it has read a CONNECT, and an error unheard would end the process.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => latest.delete(socket));
  });
  server.listen(port, host);
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      // Node ends idle connections, but not those that never sent a byte or only half a head, and no longer looks for
      // slow ones.
      for (const [socket, last] of latest) if (last === undefined || last.response.closed) socket.destroy();
      const cut = setTimeout(() => server.closeAllConnections(), limits.requestTime);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** The answer to what never became a request. The connection ends with it. */
function exchangeOn(socket: Socket): Exchange {
  const response = new ServerResponse(new IncomingMessage(socket));
  response.assignSocket(socket);
  response.once("finish", () => socket.destroySoon());
  return { entry: { requestId: randomUUID() }, response, start: performance.now() };
}

/** The fault behind an error of Node's HTTP parser. Its own words differ between versions of Node. */
function headFault(code: string | undefined, limits: Limits): ErrorResponse {
  if (code === "HPE_HEADER_OVERFLOW") return tooLong("head", limits.headBytes);
  return code === "ERR_HTTP_REQUEST_TIMEOUT"
    ? new ErrorResponse("RequestTimeoutException", "The request took too long to arrive.")
    : new ErrorResponse("MalformedHttpRequestException", "The request is not well-formed HTTP.");
}
