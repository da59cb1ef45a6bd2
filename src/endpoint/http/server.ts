import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tell } from "../../sending/log.ts";
import type { Dispatcher } from "../dispatch.ts";
import { type LogEntry, type Logger, writeCaught, writeLog } from "./call-log.ts";
import { type Connection, type Exchange, openConnections } from "./connections.ts";
import { type EndpointResponse, type ErrorResponse, toErrorResponse } from "./error-response.ts";
import { guard } from "./guard.ts";
import type { Limits } from "./limits.ts";
import { discardBody, receive } from "./receive.ts";
import { noRequest, rawResponse, tooManyInFlight } from "./refusals.ts";
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

/**
 * Starts a server that responds as AWS would, to every request and to bytes that are none. Its `close` takes
 * nothing new, finishes the requests in flight, and ends every connection.
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
    // The verifier refuses a missing Host: Node would do it without a word.
    requireHostHeader: false,
  });
  // Node keeps so many and drops the rest unseen. One more than a request may have tells that there were too many.
  server.maxHeadersCount = limits.headers + 1;
  // Ends responses that nobody takes: Node looks twice whether one moves. The time is doubled, so that a slow request
  // has had its response by then.
  server.timeout = 2 * limits.requestTime;
  const unprovenIdleTime = Math.min(limits.unprovenIdleTime, limits.idleTime);
  const connections = openConnections(limits.connections);
  const guarded = guard(logger);

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = performance.now();
    const connection = connections.of(message.socket);
    // A chunk may hold more requests behind the one that ends its connection.
    if (connection === undefined || connection.isEnding) return;
    const entry: LogEntry = { requestId: randomUUID(), method: message.method, path: message.url?.split("?", 1)[0] };
    const exchange: Exchange = { entry, message, response, start };
    connection.latest = exchange;
    connection.inFlight.add(exchange);
    response.once("close", () => {
      connection.inFlight.delete(exchange);
      if (connection.inFlight.size === 0 && !connection.isProven) message.socket.setTimeout(unprovenIdleTime);
    });
    response.on("error", destroySocket);
    if (connection.inFlight.size > limits.requestsInFlight) {
      connection.isEnding = true;
      message.socket.pause();
      send(connection, exchange, tooManyInFlight(limits));
      return;
    }
    const prove = (keyId: string): void => {
      entry.keyId = keyId;
      if (!connection.isProven) connections.prove(connection);
    };
    let result: EndpointResponse;
    try {
      result = await dispatch(receive(message, limits), prove);
    } catch (error) {
      result = toErrorResponse(error);
    }
    // Responses are sent together: one by one, each would wake its caller, which costs more than all else here.
    await endOfTurn();
    send(connection, exchange, result);
  }

  function send(connection: Connection, exchange: Exchange, result: EndpointResponse): void {
    const { entry, message, response, start } = exchange;
    // A body that turns out to be no HTTP has been refused by now.
    if (response.headersSent) return;
    // A connection kept alive would hold up a server that is closing; responses behind this one would be lost with it.
    if (!server.listening && connection.latest === exchange) response.setHeader("Connection", "close");
    // Node tells the caller of the longer time that a proven connection may be idle.
    else if (!connection.isProven) response.setHeader("Keep-Alive", `timeout=${Math.floor(unprovenIdleTime / 1000)}`);
    response.writeHead(result.status, headersOf(result, entry.requestId));
    if (message.complete) response.end(result.body);
    else {
      // The body has not arrived yet: a refusal that ended now could be lost to a reset of the connection.
      response.write(result.body);
      message.once("close", () => response.end());
      discardBody(message, limits.bodyBytes);
    }
    log(entry, result, start);
  }

  function headersOf({ body, headers }: EndpointResponse, requestId: string): Record<string, string | number> {
    return {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
      // A client whose clock is off corrects it by this one.
      Date: new Date(clock()).toUTCString(),
      "x-amzn-RequestId": requestId,
      ...headers,
    };
  }

  function log(entry: LogEntry, result: EndpointResponse, start: number): void {
    if (logger !== undefined) tell(() => writeLog(logger, clock(), entry, result, performance.now() - start));
  }

  /** Refuses bytes that are no HTTP, once, after the responses that the connection is owed; then ends the connection. */
  function refuse(socket: Socket, refusal: ErrorResponse): void {
    const connection = connections.of(socket);
    if (connection === undefined || connection.isEnding) return;
    connection.isEnding = true;
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    // Reading on would only meet the same error again.
    socket.pause();
    const { latest, inFlight } = connection;
    const isInBody = latest?.message.complete === false;
    if (isInBody && !latest.response.headersSent) {
      // The error is in the body of this request, so the refusal is the response to it.
      latest.response.setHeader("Connection", "close");
      send(connection, latest, refusal);
      if (socket.readableEnded) latest.response.end();
      // Bytes that are not read would make its end a reset: a caller who is still sending gets the time to read first.
      else socket.setTimeout(unprovenIdleTime);
      return;
    }
    const end = guarded(
      () => socket,
      () => (isInBody ? socket.destroySoon() : endWith(socket, refusal)),
    );
    // A request that has its response already gets no second one.
    if (isInBody) latest.response.end();
    const last = [...inFlight].at(-1);
    if (last === undefined) end(undefined);
    else last.response.once("close", () => end(undefined));
  }

  /** Ends a connection with the refusal of bytes that never became a request. */
  function endWith(socket: Socket, refusal: ErrorResponse): void {
    const entry: LogEntry = { requestId: randomUUID() };
    // A socket that has closed meanwhile takes it in silence.
    socket.write(rawResponse(refusal, { ...headersOf(refusal, entry.requestId), Connection: "close" }));
    socket.destroySoon();
    log(entry, refusal, performance.now());
  }

  const socketOf = (message: IncomingMessage) => message.socket;
  const onRequest = guarded(socketOf, respond);
  server.on("request", onRequest);
  // An expectation that Node does not know is no reason to refuse a request.
  server.on("checkExpectation", onRequest);
  const onConnect = guarded(socketOf, ({ socket }) => refuse(socket, noRequest("CONNECT", limits)));
  server.on("connect", onConnect);
  const onClientError = guarded(
    (socket: Socket) => socket,
    (socket, { code }: NodeJS.ErrnoException) => refuse(socket, noRequest(code, limits)),
  );
  server.on("clientError", (error, socket) => onClientError(socket as Socket, error));
  server.on("connection", (socket: Socket) => {
    // Node no longer listens once it has read a CONNECT, and an error unheard would end the process.
    socket.on("error", () => socket.destroy());
    connections.add(socket);
  });
  server.listen(port, host);
  await once(server, "listening");
  // Accepting a connection may fail, for example when the process has no file handle left.
  server.on("error", (error) => void tell(() => writeCaught(logger, error)));

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      // Node ends idle connections, but not those that never sent a byte or only half a head, and no longer looks for
      // slow ones.
      for (const { socket, inFlight } of connections) if (inFlight.size === 0) socket.destroy();
      const cut = setTimeout(() => server.closeAllConnections(), limits.requestTime);
      await closed;
      clearTimeout(cut);
    },
  };
}

function destroySocket(this: ServerResponse): void {
  this.socket?.destroy();
}
