/** A real server on loopback with one fault. */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { opened } from "./open-servers.ts";

/** One request, and the means to respond to it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** How many requests came before this one. */
  readonly index: number;
  /** The page token that the request carries. */
  readonly token: string | undefined;
}

/** A fault: over HTTP, on the bare connection, or of a server that does not exist. */
export type Fault =
  | { readonly respond: (exchange: Exchange) => unknown }
  | { readonly accept: (socket: Socket) => unknown }
  | { readonly refuse: true };

export interface FaultyServer {
  readonly url: string;
  /** The requests that arrived. Nothing on a bare connection is read or counted. */
  readonly requests: readonly IncomingMessage[];
  /** How many connections were made so far. */
  readonly connections: number;
  /** How many of them are open now. */
  readonly open: number;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server with the fault. */
export async function faultyServer(fault: Fault): Promise<FaultyServer> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let connections = 0;

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const token = new URL(request.url ?? "", "http://here").searchParams.get("nextToken") ?? undefined;
    const index = requests.push(request) - 1;
    if ("respond" in fault) fault.respond({ request, response, index, token });
  };
  const server: Server = "accept" in fault ? createTcpServer(fault.accept) : createHttpServer(onRequest);
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
    // Most faults make the client close the connection.
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const resolve of waiting.splice(0)) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  if ("refuse" in fault) await close();
  return opened<FaultyServer>({
    url: `http://127.0.0.1:${port}`,
    requests,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    idle: () => new Promise((resolve) => (sockets.size === 0 ? resolve() : waiting.push(resolve))),
    close,
  });
}

/** Sends a response as well-behaved servers do. */
export function sendResponse(
  response: ServerResponse,
  { status = 200, headers = {}, body = "" }: { status?: number; headers?: Record<string, string>; body?: unknown },
): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "x-amzn-requestid": "request-1",
    ...(status !== 204 && { "content-length": String(Buffer.byteLength(text)) }),
    ...headers,
  });
  response.end(text);
}
