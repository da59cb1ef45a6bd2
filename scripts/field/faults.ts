/** Servers on loopback whose connections fail. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The URLs of the servers with one fault. */
export interface FaultUrls {
  /** Its first request fails. */
  readonly once: string;
  /** Each of its requests fails. */
  readonly always: string;
  /** A request to it ends a fault that the server of `once` does not end itself. */
  readonly end?: string;
}

export interface Faults {
  /** By the name of the fault. */
  readonly urls: Readonly<Record<string, FaultUrls>>;
  close(): void;
}

const PAGE = '{"ModelPackagingJobs":[{"JobName":"job-0"}]}';

const FAULTS: Readonly<Record<string, RequestListener>> = {
  "reset before a response": ({ socket }) => socket.resetAndDestroy(),
  "cut off in the body": ({ socket }, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": PAGE.length });
    response.write(PAGE.slice(0, 20), () => socket.destroy());
  },
};

const respond: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end(PAGE);
};

/** Starts servers for each fault, once and always. */
export async function startFaults(): Promise<Faults> {
  const servers: Server[] = [];
  async function start(listener: RequestListener, port = 0): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve, reject) => server.on("error", reject).listen(port, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  /** The URL of a port that nothing listens on. It is below the ports that outgoing connections take. */
  async function refusing(): Promise<string> {
    for (;;) {
      const url = await start(respond, 20_000 + Math.floor(Math.random() * 10_000)).catch(() => undefined);
      await new Promise((resolve) => servers.pop()?.close(resolve));
      if (url) return url;
    }
  }

  const urls: Record<string, FaultUrls> = {};
  const refused = await refusing();
  const end = await start(async (request, response) => {
    const started = start(respond, Number(new URL(refused).port));
    await started.then(
      () => respond(request, response),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  urls.refused = { once: refused, always: await refusing(), end };
  for (const [name, fail] of Object.entries(FAULTS)) {
    let requests = 0;
    const once = await start((...exchange) => (requests++ === 0 ? fail : respond)(...exchange));
    urls[name] = { once, always: await start(fail) };
  }
  return {
    urls,
    close() {
      for (const server of servers) server.close().closeAllConnections();
    },
  };
}
