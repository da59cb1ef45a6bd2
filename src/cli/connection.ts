/** Makes the client of a command from its options, the environment and the profile. */
import type { Client, LogEntry } from "../index.ts";
import { wholeNumber } from "./arguments.ts";
import { connectionFetch } from "./connection-fetch.ts";
import { inOptions } from "./failure.ts";
import { createWireClient } from "./listing/job.ts";
import { tell } from "./one-line.ts";
import type { ConnectionSettings } from "./settings.ts";

interface Values {
  readonly "cli-connect-timeout"?: string;
  readonly "cli-read-timeout"?: string;
  readonly "no-verify-ssl"?: boolean;
  readonly debug?: boolean;
}

/** The longest time of a timer, in milliseconds: 25 days. */
const NO_END = 2 ** 31 - 1;
/** The default time for a response, in milliseconds: the client's default of `attemptTimeout`. */
const READ_TIMEOUT = 10_000;

/**
 * Makes a client.
 * @throws ConfigurationError that names the faulty option, variable or setting
 */
export function connect(values: Values, settings: ConnectionSettings): Client {
  const { region, endpoint, caBundle } = settings;
  const connectTimeout = milliseconds("--cli-connect-timeout", values["cli-connect-timeout"]);
  const readTimeout = milliseconds("--cli-read-timeout", values["cli-read-timeout"]);
  const trustsAll = values["no-verify-ssl"] ?? false;
  const log = (entry: LogEntry) => tell(JSON.stringify(entry));
  try {
    return createWireClient({
      region: region?.value,
      endpoint: endpoint?.value,
      ...((connectTimeout ?? readTimeout) !== undefined && {
        attemptTimeout: Math.min(NO_END, (connectTimeout ?? 0) + (readTimeout ?? READ_TIMEOUT)),
        // As in the AWS CLI, only the number of attempts bounds a call.
        timeout: NO_END,
      }),
      ...((caBundle || trustsAll || connectTimeout) && {
        fetch: connectionFetch({ caBundle, trustsAll, connectTimeout }),
      }),
      ...(values.debug && { logger: { debug: log, warn: log } }),
    });
  } catch (error) {
    throw inOptions(error, {
      region: { name: region?.source ?? "--region" },
      endpoint: { name: endpoint?.source ?? "--endpoint-url" },
    });
  }
}

/** Reads an option's seconds. 0 means without an end. */
function milliseconds(name: string, text: string | undefined): number | undefined {
  const seconds = wholeNumber(name, text);
  return seconds === undefined ? undefined : Math.min(NO_END, seconds * 1000) || NO_END;
}
