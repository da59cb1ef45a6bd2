/** Connections to a PostgreSQL, or to a pooler before one, which may refuse them, break, or fall silent. */
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { within } from "./unless-aborted.ts";

/** Milliseconds within which a connection is made, or one that is in use comes free. */
const CONNECT_TIMEOUT = 5_000;

/** Milliseconds between two tries for a connection while the server grants none. */
const FULL_PAUSE = 100;

/** Milliseconds for which the pool keeps to the number of connections that the server granted. */
const SHRUNK_TIME = 30_000;

/** Milliseconds for statements to end when the pool closes, and then for the server to close its side. */
const END_TIMEOUT = 5_000;
const LEAVE_TIMEOUT = 1_000;

/** A connection that is lent to a caller. */
export interface Lease {
  readonly client: pg.ClientBase;
  /** Gives it back. It is cut and replaced when it `isBroken`, or may still run a statement. */
  release(isBroken?: boolean): void;
}

/** Connections that are lent one caller at a time. */
export interface Connections {
  /**
   * Lends a connection. When the server grants no more of them, callers wait for one that another gives back.
   * @param patience milliseconds to go on asking a server that grants none
   */
  lease(options?: { patience?: number; signal?: AbortSignal | undefined }): Promise<Lease>;
  /** Distrusts connections that have not responded since then, by `performance.now()`: they fall silent together. */
  distrust(since: number): void;
  /**
   * Ends every connection, by force when the server does not respond.
   * @param patience milliseconds for statements to end @default 5 s
   */
  close(patience?: number): Promise<void>;
}

/** Makes a pool of at most `size` connections. */
export function connectionsTo(url: string, size: number, { Client, Pool }: typeof pg): Connections {
  const sockets = new Set<Socket>();
  /** The sockets among them over which the server takes statements. */
  const ready = new Set<Socket>();

  /** A connection whose socket can be cut. */
  class CuttableClient extends Client {
    readonly socket: Socket;
    /** When the server last responded, by `performance.now()`. */
    heard = performance.now();

    constructor(config?: pg.ClientConfig) {
      const socket = new Socket();
      super({ ...config, stream: () => socket });
      this.socket = socket;
      sockets.add(socket);
      this.once("connect", () => ready.add(socket));
      socket.once("close", () => {
        sockets.delete(socket);
        ready.delete(socket);
      });
      // A statement on a broken connection rejects by itself. The event, unheard, would end the process.
      this.on("error", () => undefined);
    }
  }

  const pool = new Pool({
    Client: CuttableClient,
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  pool.on("error", () => undefined);
  let trustedSince = 0;
  let shrunkUntil = 0;

  function cut(client: pg.PoolClient): void {
    (client as pg.PoolClient & CuttableClient).socket.destroy();
    client.release(true);
  }

  async function connect(deadline: number, signal?: AbortSignal): Promise<pg.PoolClient> {
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await pool.connect();
      } catch (error) {
        if (!isFull(error) || performance.now() > deadline) throw error;
        // With a smaller pool calls wait for a connection of it instead of asking for others. The pool's own count
        // holds those that it is asking for.
        pool.options.max = Math.max(1, ready.size);
        shrunkUntil = performance.now() + SHRUNK_TIME;
        if (ready.size === 0) await sleep(FULL_PAUSE);
      }
    }
  }

  return {
    async lease({ patience = CONNECT_TIMEOUT, signal } = {}) {
      if (performance.now() > shrunkUntil) pool.options.max = size;
      const deadline = performance.now() + patience;
      for (;;) {
        const client = (await connect(deadline, signal)) as pg.PoolClient & CuttableClient;
        if (client.heard < trustedSince) {
          cut(client);
          continue;
        }
        return {
          client,
          release(isBroken = false) {
            if (isBroken) return cut(client);
            client.heard = performance.now();
            client.release();
          },
        };
      }
    },
    distrust(since) {
      trustedSince = Math.max(trustedSince, since);
    },
    async close(patience = END_TIMEOUT) {
      await within(patience, pool.end()).catch(() => undefined);
      const left = [...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      await within(LEAVE_TIMEOUT, Promise.all(left)).catch(() => undefined);
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Whether the server, or a pooler, has no connection to give. */
function isFull(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "53300" || /no more connections allowed/.test(message ?? "");
}

/** Whether the connection takes another statement after an error: the server sent it, and does not end the connection. */
export function isReusableAfter(error: unknown): boolean {
  return /^(?!08|57P)/.test(sqlState(error) ?? "08");
}

/**
 * Whether an error tells that the database cannot be asked now: the server did not send it, or its class of SQLSTATE is
 * about connections, resources or an operator.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isOutage(error: unknown): boolean {
  return /^(08|53|57)/.test(sqlState(error) ?? "08");
}

/** The code of an error of the server; undefined for any other error. */
function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "severity" in error && "code" in error ? String(error.code) : undefined;
}
