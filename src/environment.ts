/** The environment variables of the process. */
import { ConfigurationError } from "./errors.ts";

/** Returns the environment variables. @throws ConfigurationError in a browser, which has no process */
export function environment(): NodeJS.ProcessEnv {
  if (typeof process === "undefined")
    throw new ConfigurationError(
      "lookout-packaging-jobs runs on a server, not in a browser: it signs with a secret key, which a page would show to everyone. Call it from your server.",
    );
  return process.env;
}
