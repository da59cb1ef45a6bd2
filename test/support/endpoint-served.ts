/** An endpoint in a test: `closeServers` closes it, also when the test fails before its own `close`. */
import { type Endpoint, type ServeOptions, serve as serveEndpoint } from "../../src/endpoint/index.ts";
import { opened } from "./open-servers.ts";

export async function serve(options?: ServeOptions): Promise<Endpoint> {
  return opened(await serveEndpoint(options));
}
