/** Keeps the open servers of tests: the runner would wait for one that a failed test leaves open. */

interface Closable {
  close(): Promise<void>;
}

const open = new Set<Closable>();

/** Adds a server to the set. */
export function opened<Server extends Closable>(server: Server): Server {
  open.add(server);
  return server;
}

/** Closes all servers, for `test.after.each`. A server that is closed already does no harm. */
export async function closeServers(): Promise<void> {
  for (const server of open) await server.close();
  open.clear();
}
