/** The lines that `serve` prints: the store, the URL, and the commands to paste into another shell. */
import { existsSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { type Endpoint, type StoreCounts, withoutSecrets } from "../../endpoint/index.ts";
import { counted } from "../listing/progress.ts";

/** The store that is served, and the options of `serve`. */
export interface Served {
  /** The store, as the option names it. */
  readonly target: string;
  /** The numbers of jobs and projects in the store, or the error of counting them. */
  readonly counts: StoreCounts | Error;
  /** The credentials file, if any. */
  readonly file: string | undefined;
  /** The option `--host`. */
  readonly host: string | undefined;
}

/** The package's sample inventory. The path holds in `src/` and in `dist/`, which are equally deep. */
const SAMPLE = fileURLToPath(new URL("../../../scripts/sample/inventory.json", import.meta.url));

/** The text that tells which store an endpoint serves, and how to call it. */
export function greeting(endpoint: Endpoint, { target, counts, file, host }: Served): string {
  const { region, credentials } = endpoint;
  const urls = hostsOf(host).map((name) => (name === undefined ? endpoint.url : `http://${name}:${endpoint.port}`));
  const set = (name: string, value: string) =>
    process.platform === "win32" ? `$env:${name}="${value}"` : `export ${name}=${value}`;
  const keys = `${set("AWS_ACCESS_KEY_ID", credentials.accessKeyId)}
${set("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey)}`;
  const held =
    counts instanceof Error
      ? `not counted: ${counts.message.replace(/\.$/, "")}`
      : `${quantity(counts.records, "job")} of ${quantity(counts.collections, "project")}`;
  const isEmpty = "records" in counts && counts.records === 0;
  return `Serving ${withoutSecrets(target)} (${held}) at ${urls.join(" and ")} to ${file === undefined ? "the key below" : `the keys in ${file}`}. Ctrl-C stops it.
${isEmpty ? adviceFor(target) : ""}Paste this into the shell that calls it:

${set("AWS_ENDPOINT_URL_LOOKOUTVISION", urls[0]!)}
${set("AWS_REGION", region)}
${file === undefined ? keys : `# and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a pair of ${file}`}

  npx packaging-jobs list --project-name PROJECT

The AWS CLI and SDKs from before July 2023 know no endpoint variables. Add to them:
  --endpoint-url ${urls[0]}`;
}

function quantity(count: number, noun: string): string {
  return `${counted(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The advice for an empty store: how to import jobs. */
function adviceFor(target: string): string {
  const sample = existsSync(SAMPLE) ? SAMPLE : "jobs.json";
  const named = withoutSecrets(target) === target ? target : "URL";
  const command =
    target === ":memory:"
      ? "Stop it, and start it with a saved inventory, or with the package's sample:\n\n  npx packaging-jobs serve --store :memory: --import"
      : `Import a saved inventory while it runs, or the package's sample:\n\n  npx packaging-jobs import --store ${named}`;
  return `It has no jobs yet. ${command} ${sample}\n\n`;
}

/** The machine's own addresses for `0.0.0.0` and `::`, which no caller can use; undefined for any other host. */
function hostsOf(host: string | undefined): readonly (string | undefined)[] {
  if (host !== "0.0.0.0" && host !== "::") return [undefined];
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    // A link-local address works only with the name of an interface.
    .filter(
      ({ internal, family, address }) => !internal && (family === "IPv4" || host === "::") && !/^fe80:/i.test(address),
    )
    .map(({ family, address }) => (family === "IPv6" ? `[${address}]` : address));
  return found.length > 0 ? found : [hostname()];
}
