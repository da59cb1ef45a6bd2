/** Parts that stand between a store and PostgreSQL in operation: a pooler, a proxy that forgets, backends that hang. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { run } from "./store-engines.ts";
import { tick } from "./wait.ts";

/** The URL with another part of it. */
export function withParts(url: string, parts: { port?: number; database?: string; user?: string }): string {
  const changed = new URL(url);
  if (parts.port !== undefined) Object.assign(changed, { hostname: "127.0.0.1", port: String(parts.port) });
  if (parts.database !== undefined) changed.pathname = `/${parts.database}`;
  if (parts.user !== undefined) changed.username = parts.user;
  return changed.href;
}

let databases = 0;

/** Makes a database for a test, with settings of its own. */
export async function makeDatabase(
  url: string,
  { options = "", settings = {} }: { options?: string; settings?: Readonly<Record<string, string>> } = {},
): Promise<{ url: string; name: string; dispose(): Promise<void> }> {
  const name = `store_test_${process.pid}_${databases++}`;
  await run(url, `CREATE DATABASE ${name} ${options}`);
  for (const [setting, value] of Object.entries(settings))
    await run(url, `ALTER DATABASE ${name} SET ${setting} = ${value}`);
  return {
    url: withParts(url, { database: name }),
    name,
    dispose: () => run(url, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Rows that a PostgreSQL gives for a statement. */
export async function rowsOf<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Connects as soon as a server grants a connection. */
export async function connectAsSoonAsPossible(url: string): Promise<pg.Client> {
  const end = performance.now() + 10_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    // Its database may be dropped under it when a test fails.
    client.on("error", () => {});
    const failure = await client.connect().catch((error: Error) => error);
    if (!(failure instanceof Error)) return client;
    if (performance.now() > end) throw failure;
    await tick(20);
  }
}

/** Stops the backends that serve a database, except the one that lists them; `release` lets them go on. */
export async function stopBackends(url: string, database: string): Promise<{ stopped: number; release(): void }> {
  const backends = await rowsOf<{ pid: number }>(
    url,
    `SELECT pid FROM pg_stat_activity
     WHERE datname = '${database}' AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  for (const { pid } of backends) {
    // A server on another machine has other processes.
    if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("postgres")) throw new Error(`${pid} is no backend`);
    process.kill(pid, "SIGSTOP");
  }
  return {
    stopped: backends.length,
    release() {
      for (const { pid } of backends) process.kill(pid, "SIGCONT");
    },
  };
}

/** A proxy before a PostgreSQL. */
export interface Proxy {
  readonly url: string;
  /** How many connections it has taken so far. */
  readonly taken: number;
  /** Passes nothing on any more over the connections that there are, and does not end them. */
  silence(): void;
  /** Does so over all connections, those to come included. */
  silenceForEver(): void;
  /** Ends a connection as soon as a client has sent this text over it, and the server its response. */
  cutAfter(text: string): void;
  close(): void;
}

/** Starts a proxy. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let last: string | undefined;
  let taken = 0;
  let isSilent = false;
  const server = createServer((client) => {
    taken++;
    if (isSilent) silent.add(client);
    const upstream = connect(Number(port || 5432), hostname);
    let isLast = false;
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined).on("close", () => silent.has(client) || to.destroy());
      from.on("data", (data) => {
        if (silent.has(client)) return;
        if (from === client) isLast ||= last !== undefined && data.includes(last);
        if (from === upstream && isLast) client.destroy();
        else to.write(data);
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  function silence(): void {
    for (const socket of sockets) silent.add(socket);
  }
  return {
    url: withParts(target, { port: (server.address() as AddressInfo).port }),
    get taken() {
      return taken;
    },
    silence,
    silenceForEver() {
      isSilent = true;
      silence();
    },
    cutAfter(text) {
      last = text;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Whether this machine has PgBouncer. */
export const hasPgBouncer: boolean = spawnSync("pgbouncer", ["--version"]).status === 0;

/** Starts a PgBouncer in transaction mode that has so many connections to each database. */
export async function startPgBouncer(target: string, size: number): Promise<{ url: string; close(): Promise<void> }> {
  const { hostname, port, username } = new URL(target);
  const folder = mkdtempSync(join(tmpdir(), "pgbouncer-"));
  chmodSync(folder, 0o755);
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port: free } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  writeFileSync(join(folder, "users"), `"${username}" ""\n`);
  writeFileSync(
    join(folder, "ini"),
    `[databases]
     * = host=${hostname} port=${port || 5432}
     [pgbouncer]
     listen_addr = 127.0.0.1
     listen_port = ${free}
     unix_socket_dir =
     auth_type = trust
     auth_file = ${join(folder, "users")}
     pool_mode = transaction
     default_pool_size = ${size}
     `.replaceAll(/^ +/gm, ""),
  );
  // It does not run as root.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const pooler: ChildProcess = spawn("pgbouncer", [join(folder, "ini")], { stdio: "ignore", ...user });
  const url = withParts(target, { port: free });
  await (await connectAsSoonAsPossible(url)).end();
  return {
    url,
    async close() {
      const closed = once(pooler, "close");
      pooler.kill("SIGKILL");
      await closed;
      rmSync(folder, { recursive: true });
    },
  };
}
