/** `packaging-jobs serve`: answers the operation from a store until it is stopped. */
import { once } from "node:events";
import { type Endpoint, type Logger, openStore, serve } from "../../endpoint/index.ts";
import { withoutSecrets } from "../../endpoint/stores/target.ts";
import { ConfigurationError } from "../../index.ts";
import { type Arguments, wholeNumber } from "../arguments.ts";
import { UsageError } from "../failure.ts";
import { tell } from "../one-line.ts";
import { DEFAULT_STORE, importFiles, remarksOn, summaryOf } from "./import.ts";

const DEFAULT_PORT = 4567;
const HIGHEST_PORT = 65_535;

export const help = `Usage: packaging-jobs serve [options]
Answers ListModelPackagingJobs from a store, to callers that sign with its keys.
Prints what to paste into their shell. Ctrl-C stops it.

  --store S                     SQLite file or postgres://… [${DEFAULT_STORE}]
  --import FILE...              import a saved inventory first; may be repeated
  --host H                      the address to listen on [127.0.0.1]
  --port N                      the port, 0 for a free one [${DEFAULT_PORT}]
  --region R                    what callers sign for [AWS_REGION, us-east-1]
  --credentials FILE            who may call; needed unless the host is loopback
  --allow-readable-credentials  take that file although other users can read it
  --rate N                      requests a second that each key may make
  --debug                       tell each request, and errors in full
  --help                        print this

Requests are logged on stderr, a line of JSON each, unless that is a terminal.

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
  const store = await openStore(target);
  try {
    if (values.import) {
      const report = await importFiles(store, values.import, { signal });
      for (const remark of remarksOn(report)) tell(remark);
      tell(`Imported ${values.import.join(", ")}: ${summaryOf(report)}.`, process.stdout);
    }
    const endpoint = await serve({
      store,
      port,
      rate,
      host: values.host,
      region: values.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || undefined),
      credentials: values.credentials,
      allowReadableCredentials: values["allow-readable-credentials"],
      logger: loggerOf(values.debug),
    }).catch((error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken. Choose another with --port, or 0 for a free one.`;
      throw new ConfigurationError(error.code === "EADDRINUSE" ? taken : error.message, { cause: error });
    });
    tell(greeting(endpoint, withoutSecrets(target), values.credentials), process.stdout);
    if (!signal.aborted) await once(signal, "abort");
    await endpoint.close();
  } finally {
    await store.close();
  }
}

/** On a terminal a line for each request would push away the keys, which are printed once. */
function loggerOf(debug: boolean | undefined): Logger {
  return { info: debug || !process.stderr.isTTY ? tell : () => {}, error: tell };
}

function greeting({ url, region, credentials }: Endpoint, target: string, file: string | undefined): string {
  const set = (name: string, value: string) =>
    process.platform === "win32" ? `$env:${name}="${value}"` : `export ${name}=${value}`;
  const keys = `${set("AWS_ACCESS_KEY_ID", credentials.accessKeyId)}
${set("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey)}`;
  return `Serving ${target} at ${url} to ${file === undefined ? "the key below" : `the keys in ${file}`}. Ctrl-C stops it.
Paste this into the shell that calls it:

${set("AWS_ENDPOINT_URL_LOOKOUTVISION", url)}
${set("AWS_REGION", region)}
${file === undefined ? keys : `# and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a pair of ${file}`}

  npx packaging-jobs list --project-name PROJECT

The AWS CLI and SDKs from before July 2023 know no endpoint variables. Add to them:
  --endpoint-url ${url}`;
}
