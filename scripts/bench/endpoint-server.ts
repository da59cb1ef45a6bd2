/** The endpoint over an existing store, with a given key. */
import { type Credentials, serve } from "../../src/endpoint/index.ts";
import { answer, cpuOf } from "./child.ts";

/** Takes what to serve, and gives the URL. Without it, it gives the CPU of this process so far, in µs. */
answer(async (options: { store?: string; credentials?: Credentials }) => {
  if (options.store === undefined) return cpuOf();
  // The connections of one round may still be closing when those of the next arrive.
  return (await serve({ ...options, limits: { connections: 10_000 } })).url;
});
