/** `packaging-jobs serve`: serves the operation from a store until it is stopped. */
import { once } from "node:events";
import { type Logger, type Store, serve } from "../../endpoint/index.ts";
import { ConfigurationError } from "../../index.ts";
import { type Arguments, wholeNumber } from "../arguments.ts";
import { UsageError } from "../failure.ts";
import { tell } from "../one-line.ts";
import { greeting } from "./greeting.ts";
import { checkReadable, DEFAULT_STORE, importFiles, remarksOn, summaryOf } from "./import.ts";

const DEFAULT_PORT = 4567;
const HIGHEST_PORT = 65_535;

export const help = `Usage: packaging-jobs serve [options]
Serves ListModelPackagingJobs from a store to callers that sign with its keys.
Prints the lines to paste into their shell. Ctrl-C stops it.

  --store S                     SQLite file or postgres://… [${DEFAULT_STORE}]
  --import FILE...              import a saved inventory first; may be repeated
  --host H                      the address to listen on [127.0.0.1]
  --port N                      the port, 0 for a free one [${DEFAULT_PORT}]
  --region R                    callers sign for it [AWS_REGION, us-east-1]
  --credentials FILE            their keys; needed unless the host is loopback
  --allow-readable-credentials  accept that file although others can read it
  --rate N                      the most requests a second for each key
  --debug                       print each request, and errors in full
  --help                        print this

Requests are logged to stderr as lines of JSON, unless stderr is a terminal.

  $ packaging-jobs serve --import jobs.json
  $ packaging-jobs serve --host 0.0.0.0 --credentials keys.json --rate 50
` as const;

export async function run({ values, positionals }: Arguments<typeof help>, signal: AbortSignal): Promise<void> {
  if (positionals.length > 0) {
    const hint = values.import ? " Put --import before each file." : "";
    throw new UsageError(`serve takes options only: what is "${positionals[0]}"?${hint}`);
  }
  const port = wholeNumber("--port", values.port, HIGHEST_PORT) ?? DEFAULT_PORT;
  const rate = values.rate === undefined ? undefined : Number(values.rate);
  if (rate !== undefined && !(rate > 0))
    throw new UsageError(`--rate must be above 0 requests a second, not "${values.rate}".`);
  const target = values.store ?? DEFAULT_STORE;
  await checkReadable(values.import ?? []);
  let opened: Store | undefined;
  const endpoint = await serve({
    store: target,
    port,
    rate,
    host: values.host,
    region: values.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || undefined),
    credentials: values.credentials,
    allowReadableCredentials: values["allow-readable-credentials"],
    logger: loggerOf(values.debug),
    signal,
    // The port and the credentials are checked by now: a fault of theirs changes no store.
    import: async (store) => {
      opened = store;
      if (!values.import) return;
      const report = await importFiles(store, values.import, { signal });
      for (const remark of remarksOn(report)) tell(remark);
      tell(`Imported ${values.import.join(", ")}: ${summaryOf(report)}.`, process.stdout);
    },
  }).catch((error: NodeJS.ErrnoException) => {
    if (opened !== undefined || signal.aborted) throw error;
    const taken = `Port ${port} is taken. Choose another with --port, or 0 for a free one.`;
    throw new ConfigurationError(error.code === "EADDRINUSE" ? taken : error.message, { cause: error });
  });
  const { credentials: file, host } = values;
  // A table that is too large to count in time is served nevertheless.
  const counts = await opened!.count().catch((error: Error) => error);
  tell(greeting(endpoint, { target, file, host, counts }), process.stdout);
  if (!signal.aborted) await once(signal, "abort");
  await endpoint.close();
}

/** Logs no requests to a terminal, unless for --debug: the keys, which are printed once, would scroll away. */
function loggerOf(debug: boolean | undefined): Logger {
  return { info: debug || !process.stderr.isTTY ? tell : () => {}, error: tell };
}
