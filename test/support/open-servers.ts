/** Keeps a set of the tests' open servers: a failed test must leave none, for which the runner would wait. */

interface Closable {
  close(): Promise<void>;
}

const open = new Set<Closable>();

/** Adds a server to the set. */
export function opened<Server extends Closable>(server: Server): Server {
  open.add(server);
  return server;
}

/** Closes all servers, also those that are closed already. For `test.after.each`. */
export async function closeServers(): Promise<void> {
  for (const server of open) await server.close();
  open.clear();
}
