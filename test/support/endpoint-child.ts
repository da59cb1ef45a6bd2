/**
 * An endpoint in a process of its own: serves an empty project `boards` with the options in its first argument, sends
 * its port, and then its usage of memory and processor for every message. Lines of the log that tell of errors go to stderr.
 */
import { openStore, serve } from "../../src/endpoint/index.ts";

const store = await openStore();
await store.write((writer) => writer.putCollection("boards"));
const logger = { info: () => undefined, error: console.error };
const { port } = await serve({ store, logger, ...JSON.parse(process.argv[2]!) });
process.on("message", (question) => {
  // Garbage is not held: without this the figure would tell when the collector last ran.
  if (question === "held") globalThis.gc?.();
  process.send!({ ...process.memoryUsage(), cpu: process.cpuUsage() });
});
process.send!(port);
