/** Endpoints in processes of their own, which a test may bring down or measure. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServeOptions } from "../../src/endpoint/index.ts";

const child = fileURLToPath(new URL("endpoint-child.ts", import.meta.url));

type Usage = NodeJS.MemoryUsage & { readonly cpu: NodeJS.CpuUsage };

export interface EndpointProcess {
  readonly port: number;
  /** All that it wrote to stderr: empty as long as nothing failed in it. */
  errors(): string;
  usage(): Promise<Usage>;
  /** The same behind a collection of garbage: its memory is what the process holds. */
  held(): Promise<Usage>;
  close(): Promise<void>;
}

/** Serves an empty project `boards`. The options have to fit into JSON. */
export async function startEndpoint(options: ServeOptions): Promise<EndpointProcess> {
  const endpoint = fork(child, [JSON.stringify(options)], {
    execArgv: ["--expose-gc", "--import", "tsx"],
    stdio: "pipe",
  });
  let errors = "";
  endpoint.stderr!.on("data", (chunk) => {
    errors += chunk;
  });
  const exit = once(endpoint, "exit");
  const [port] = await Promise.race([once(endpoint, "message"), exit.then(() => Promise.reject(new Error(errors)))]);
  const ask = async (question: string): Promise<Usage> => {
    endpoint.send(question);
    const [usage] = await once(endpoint, "message");
    return usage;
  };
  return {
    port,
    errors: () => errors,
    usage: () => ask("usage"),
    held: () => ask("held"),
    async close() {
      endpoint.kill();
      await exit;
    },
  };
}
