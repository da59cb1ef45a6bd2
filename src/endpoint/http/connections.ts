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
  /** Its exchanges whose responses are not fully sent, in the order of their requests. */
  readonly inFlight: Set<Exchange>;
  latest?: Exchange;
  /** Whether no more requests are taken from it: it closes once the responses in flight are sent. */
  isEnding: boolean;
  /** Whether a request on it was signed with a known key. */
  isProven: boolean;
}

/** The open connections of a server. */
export interface Connections extends Iterable<Connection> {
  /** Takes a new connection. When there is no room, the oldest unproven one makes it, or the new one is closed. */
  add(socket: Socket): void;
  /** Undefined once the socket is closed. */
  of(socket: Socket): Connection | undefined;
  /** Keeps the connection from making room for others. */
  prove(connection: Connection): void;
}

/**
 * Keeps track of every connection until it closes. Strangers displace each other in the order in which they came, so
 * that no number of them keeps a caller out who signs its first request soon.
 *
 * @param capacity connections at one time
 */
export function openConnections(capacity: number): Connections {
  const bySocket = new Map<Socket, Connection>();
  const unproven = new Set<Connection>();

  function remove(connection: Connection): void {
    bySocket.delete(connection.socket);
    unproven.delete(connection);
  }

  return {
    add(socket) {
      if (bySocket.size >= capacity) {
        const [oldest] = unproven;
        (oldest?.socket ?? socket).destroy();
        if (oldest === undefined) return;
        remove(oldest);
      }
      const connection = { socket, inFlight: new Set<Exchange>(), isEnding: false, isProven: false };
      bySocket.set(socket, connection);
      unproven.add(connection);
      socket.once("close", () => remove(connection));
    },
    of: (socket) => bySocket.get(socket),
    prove(connection) {
      connection.isProven = true;
      unproven.delete(connection);
    },
    [Symbol.iterator]: () => bySocket.values(),
  };
}
