/** The servers that tests have open: a test that fails leaves none behind for the runner to wait for. */

interface Closable {
  close(): Promise<void>;
}

const open = new Set<Closable>();

/** Notes a server that was opened. */
export function opened<Server extends Closable>(server: Server): Server {
  open.add(server);
  return server;
}

/** For `test.after.each`. Closes once more what is closed already. */
export async function closeServers(): Promise<void> {
  for (const server of open) await server.close();
  open.clear();
}
