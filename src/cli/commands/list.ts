/** `packaging-jobs list`: what `aws lookoutvision list-model-packaging-jobs` did. */
import { once } from "node:events";
import { type Client, ConfigurationError, type LogEntry } from "../../index.ts";
import { type Arguments, wholeNumber } from "../arguments.ts";
import { UsageError } from "../failure.ts";
import { csv } from "../formats/csv.ts";
import { json, ndjson } from "../formats/json.ts";
import { table } from "../formats/table.ts";
import { text } from "../formats/text.ts";
import { createWireClient } from "../listing/job.ts";
import { type ListingRequest, listParts } from "../listing/listing.ts";
import { counted, Progress } from "../listing/progress.ts";
import { readQuery } from "../listing/query.ts";
import { decodePosition } from "../listing/starting-token.ts";
import { profileFiles, regionOfProfile } from "../profile.ts";
import { suggestion } from "../suggestion.ts";

const FORMS = new Map(Object.entries({ table, json, ndjson, csv, text }));

export const help = `Usage: packaging-jobs list --project-name P [options]
Lists the packaging jobs of a project, newest first.

  --project-name P    the project whose jobs to list (required)
  --max-items N       the most jobs to print; a token to go on with follows
  --page-size N       jobs per request, 1 to 100 [100]
  --starting-token T  go on from the NextToken of an earlier listing
  --no-paginate       send one request, print its page
  --query JMESPATH    print what the query picks
  --output FORM       table, json, ndjson, csv, text [table or, piped, json]
  --endpoint-url URL  [AWS_ENDPOINT_URL_LOOKOUTVISION, AWS_ENDPOINT_URL]
  --region R          [AWS_REGION, AWS_DEFAULT_REGION, the profile's]
  --profile P         a profile of AWS's shared config and credentials files
  --debug             tell each request, and errors in full
  --help              print this

A query sees each page with text and ndjson, else the whole listing.

  $ packaging-jobs list --project-name circuit-boards
  $ packaging-jobs list --project-name P --query 'length(ModelPackagingJobs)'
  $ packaging-jobs list --project-name P --output ndjson | jq .Status
`;

type Values = Arguments<typeof help>["values"];

export async function run({ values, positionals }: Arguments<typeof help>, signal: AbortSignal): Promise<void> {
  const { isTTY, columns } = process.stdout;
  const { output = isTTY ? "table" : "json" } = values;
  const form = FORMS.get(output);
  if (form === undefined) {
    const known = [...FORMS.keys()];
    throw new UsageError(`--output is one of ${known.join(", ")}, not "${output}"${suggestion(output, known)}`);
  }
  const request = readRequest(values, positionals);
  const query = values.query === undefined ? undefined : readQuery(values.query);
  const client = connect(values);
  // It would mix with jobs that are written to the same terminal meanwhile.
  const progress = !isTTY || form === table || form === json ? new Progress() : undefined;
  let resumeToken: string | undefined;

  async function* watched() {
    let jobs = 0;
    let pages = 0;
    try {
      for await (const part of listParts(client, request, signal)) {
        jobs += part.page.ModelPackagingJobs.length;
        pages++;
        resumeToken = part.resumeToken ?? part.page.NextToken;
        yield part;
        progress?.tell((s) => `${counted(jobs)} jobs, ${counted(pages)} pages, ${counted(jobs / s)} jobs/s`);
      }
    } finally {
      progress?.clear();
      await client.close();
    }
  }
  const options = { projectName: request.projectName, query, width: isTTY ? columns : Number.POSITIVE_INFINITY };
  // A slow reader slows the listing down. An error also arrives at the stream's listener, which ends the command.
  for await (const piece of form(watched(), options))
    if (!process.stdout.write(piece))
      await once(process.stdout, "drain", { signal }).catch(() => signal.throwIfAborted());
  // The other forms have a place for it.
  if (resumeToken !== undefined && form !== json && form !== text) {
    const place = form === table ? process.stdout : process.stderr;
    place.write(`There are more: --starting-token ${resumeToken}\n`);
  }
}

function readRequest(values: Values, positionals: readonly string[]): ListingRequest {
  const { "project-name": projectName, "starting-token": token } = values;
  if (positionals.length > 0) throw new UsageError(`list takes options only: what is "${positionals[0]}"?`);
  if (projectName === undefined)
    throw new UsageError("--project-name is missing: name the project whose jobs to list.");
  const paging = (["starting-token", "page-size", "max-items"] as const).filter((name) => values[name] !== undefined);
  if (values["no-paginate"] && paging.length > 0) {
    const names = paging.map((name) => `--${name}`).join(", ");
    throw new UsageError(`Cannot specify --no-paginate along with pagination arguments: ${names}`);
  }
  return {
    projectName,
    maxResults: wholeNumber("--page-size", values["page-size"]),
    maxItems: wholeNumber("--max-items", values["max-items"]),
    paginate: !values["no-paginate"],
    start: token === undefined ? { token, skip: 0 } : decodePosition(token),
  };
}

function connect({ profile: named, debug, ...values }: Values): Client {
  const region = regionOfProfile(named ?? process.env.AWS_PROFILE ?? "default");
  if (named !== undefined) {
    const places = profileFiles().join(" or ");
    if (region === undefined)
      throw new ConfigurationError(`The config profile (${named}) could not be found in ${places}.`);
    // Named on the line, a profile goes before keys in the environment, as it does with the AWS CLI.
    for (const key of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) delete process.env[key];
    process.env.AWS_PROFILE = named;
  }
  const log = (entry: LogEntry) => void process.stderr.write(`${JSON.stringify(entry)}\n`);
  return createWireClient({
    region: values.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || region),
    endpoint: values["endpoint-url"],
    ...(debug && { logger: { debug: log, warn: log } }),
  });
}
