import { isIPv6 } from "node:net";
import { contract } from "../../generated/index.ts";
import { type AsyncDispose, disposable } from "../async-dispose.ts";
import type { Credentials } from "../signing/credentials.ts";
import { readCredentialsFile } from "./access/credentials-file.ts";
import { checkKey } from "./access/key-rules.ts";
import { type Key, keyRing, makeKey } from "./access/keys.ts";
import { throttle } from "./access/throttle.ts";
import { verifier } from "./access/verify.ts";
import { type Dispatcher, dispatcher } from "./dispatch.ts";
import type { Logger } from "./http/call-log.ts";
import { ErrorResponse } from "./http/error-response.ts";
import { LIMITS, type Limits } from "./http/limits.ts";
import { startServer } from "./http/server.ts";
import { importInventory } from "./inventory/index.ts";
import { openStore } from "./stores/index.ts";
import type { Store } from "./stores/store.ts";

/** How to serve. */
export interface ServeOptions {
  /**
   * Where the records are: a file, the URL of a PostgreSQL (`postgres://…`), or an open store, which stays open.
   * @default in memory
   */
  readonly store?: string | Store | undefined;
  /**
   * Inventories to import before anything is served, all or nothing; or a function that imports with options of its own.
   * It runs once the port is taken, and requests get a 503 until it ends.
   */
  readonly import?: readonly string[] | ((store: Store) => Promise<unknown>) | undefined;
  /** The address to listen on. Any but a loopback address needs `credentials`. @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** @default a free one */
  readonly port?: number | undefined;
  /** The region that callers sign for. @default "us-east-1" */
  readonly region?: string | undefined;
  /**
   * The keys of the callers: credentials in AWS's shape, keys with permissions, or the path of a credentials file.
   * @default a new key, on a loopback address
   */
  readonly credentials?: Credentials | readonly Key[] | string | undefined;
  /** Takes a credentials file that other users of the machine have access to. @default false */
  readonly allowReadableCredentials?: boolean | undefined;
  /** Requests a second that each key may make of this endpoint. @default any number */
  readonly rate?: number | undefined;
  /** @default as {@link Limits} says */
  readonly limits?: { readonly [Name in keyof Limits]?: Limits[Name] | undefined } | undefined;
  /** The time in milliseconds since 1970. A request that meets another value, such as NaN, gets a 500. @default Date.now */
  readonly clock?: (() => number) | undefined;
  /** Takes a line of JSON for each request. @default none */
  readonly logger?: Logger | undefined;
  /** Gives up the start: the store's opening, its migration and the import. It does not end what runs. @default none */
  readonly signal?: AbortSignal | undefined;
}

/** An endpoint that runs. */
export interface Endpoint {
  /** For example `http://127.0.0.1:4567`. */
  readonly url: string;
  readonly port: number;
  readonly region: string;
  /** A key that may call it: the one it made, or the first that it was given. Not printed, nor copied by a spread. */
  readonly credentials: Credentials;
  /**
   * Takes nothing new, finishes the requests whose heads have arrived, ends every connection, and closes the store that
   * it opened.
   */
  close(): Promise<void>;
}

/**
 * Serves the contract's operations from a store, to callers whose signature it checks.
 *
 * @throws Error when an option is wrong, the store does not open, an inventory has a bad record, or the port is taken;
 *   and the signal's reason
 */
export async function serve(options: ServeOptions = {}): Promise<Endpoint & AsyncDispose> {
  const { host = "127.0.0.1", port = 0, region = "us-east-1", rate, logger, signal } = options;
  const clock = checkedClock(options.clock ?? Date.now);
  if (rate !== undefined && !(rate > 0)) throw new Error(`rate is ${rate}: it must be above 0 requests a second.`);
  const keys = await readKeys(options, host);
  const verify = verifier(keyRing(keys), { service: contract.service.signingName, region }, clock);
  // A limit that is undefined counts as left out, and not as none.
  const given = Object.entries(options.limits ?? {}).filter(([, limit]) => limit !== undefined);
  const limits: Limits = { ...LIMITS, ...Object.fromEntries(given) };
  let dispatch: Dispatcher = async () => {
    throw new ErrorResponse("ServiceUnavailable", "The endpoint is starting.");
  };
  // The port comes first: an import into the store of an endpoint that then cannot listen would be for nothing.
  const server = await startServer((...request) => dispatch(...request), {
    host,
    port,
    limits,
    // A response and its line in the log need a time: the machine's own will do where the clock has none.
    clock: () => orSystemTime(clock),
    logger,
  });
  let store: Store | undefined;
  async function stop(): Promise<void> {
    await server.close();
    if (store !== options.store) await store?.close();
  }
  try {
    store = typeof options.store === "object" ? options.store : await openStore(options.store, { signal });
    if (typeof options.import === "function") await options.import(store);
    else if (options.import !== undefined) await importInventory(store, options.import, { signal });
    dispatch = dispatcher(store, verify, rate === undefined ? undefined : throttle(rate, clock));
  } catch (error) {
    await stop();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= stop();
    return closing;
  };
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${server.port}`;
  // A getter, so that whoever prints an endpoint does not print its secret key.
  return Object.defineProperty(disposable({ url, port: server.port, region, close }), "credentials", {
    get: () => keys[0]!,
  }) as Endpoint & AsyncDispose;
}

/** A clock whose every reading is a time. Each comparison with NaN is false: a signature of any date would do. */
function checkedClock(clock: () => number): () => number {
  return () => {
    const time = clock();
    if (Number.isNaN(new Date(time).getTime())) throw new Error(`The clock gives ${time}, which is no time.`);
    return time;
  };
}

function orSystemTime(clock: () => number): number {
  try {
    return clock();
  } catch {
    return Date.now();
  }
}

async function readKeys(options: ServeOptions, host: string): Promise<readonly Key[]> {
  const { credentials, allowReadableCredentials = false } = options;
  if (typeof credentials === "string") return readCredentialsFile(credentials, allowReadableCredentials);
  if (credentials !== undefined) {
    const keys = [credentials].flat();
    for (const [at, key] of keys.entries())
      checkKey(key, Array.isArray(credentials) ? `credentials: key ${at + 1}` : "credentials");
    return keys;
  }
  if (/^(127(\.\d+){3}|localhost|::1)$/.test(host)) return [makeKey()];
  throw new Error(
    `${host} is not a loopback address: others can reach it. Give credentials, for example a credentials file, to say who may call.`,
  );
}
