/** The endpoint over a store that is there already, with the key that it is given. */
import { type Credentials, serve } from "../../src/endpoint/index.ts";
import { answer, cpuOf } from "./child.ts";

/** Takes what to serve and gives the URL; without it, the CPU that the process has used, in µs. */
answer(async (options: { store?: string; credentials?: Credentials }) => {
  if (options.store === undefined) return cpuOf();
  // The connections of one round may still be closing when those of the next arrive.
  return (await serve({ ...options, limits: { connections: 10_000 } })).url;
});
