import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { LogEntry } from "./call-log.ts";

/** A request and the response to it. */
export interface Exchange {
  readonly entry: LogEntry;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** When its head had arrived, by `performance.now()`. */
  readonly start: number;
}

/** An open connection. */
export interface Connection {
  readonly socket: Socket;
  /** Its exchanges whose responses are not sent to their end, in the order of their requests. */
  readonly inFlight: Set<Exchange>;
  latest?: Exchange;
  /** Nothing more is taken from it: it closes once the responses in flight are sent. */
  isEnding: boolean;
}

/** The open connections of a server. */
export interface Connections extends Iterable<Connection> {
  add(socket: Socket): void;
  /** Undefined once the socket is closed. */
  of(socket: Socket): Connection | undefined;
}

/** Keeps every connection from its first event to its last. */
export function openConnections(): Connections {
  const bySocket = new Map<Socket, Connection>();
  return {
    add(socket) {
      bySocket.set(socket, { socket, inFlight: new Set(), isEnding: false });
      socket.once("close", () => bySocket.delete(socket));
    },
    of: (socket) => bySocket.get(socket),
    [Symbol.iterator]: () => bySocket.values(),
  };
}
