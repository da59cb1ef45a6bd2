/** `packaging-jobs list`: what `aws lookoutvision list-model-packaging-jobs` did. */
import { once } from "node:events";
import { ConfigurationError } from "../../index.ts";
import { type Arguments, wholeNumber } from "../arguments.ts";
import { awsOptions, unsupportedAwsOptions } from "../aws-options.ts";
import { connect } from "../connection.ts";
import { type Given, inOptions, UsageError } from "../failure.ts";
import { csv } from "../formats/csv.ts";
import type { OutputFormat } from "../formats/format.ts";
import { json, ndjson } from "../formats/json.ts";
import { table } from "../formats/table.ts";
import { text } from "../formats/text.ts";
import { type ListingRequest, listParts } from "../listing/listing.ts";
import { counted, Progress } from "../listing/progress.ts";
import { readQuery } from "../listing/query.ts";
import { decodePosition } from "../listing/starting-token.ts";
import { readSettings, type Setting } from "../settings.ts";
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
  --aws-options       print which more options of the AWS CLI are taken
  --debug             tell each request, and errors in full
  --help              print this

A query sees each page with text and ndjson, else the whole listing.

  $ packaging-jobs list --project-name circuit-boards
  $ packaging-jobs list --project-name P --query 'length(ModelPackagingJobs)'
  $ packaging-jobs list --project-name P --output ndjson | jq .Status
`;

export { awsOptions as moreOptions, unsupportedAwsOptions as unsupported };

type Options = Arguments<`${typeof help}${typeof awsOptions}`>;
type Values = Options["values"];

export async function run({ values, positionals }: Options, signal: AbortSignal): Promise<void> {
  if (values["aws-options"]) return void process.stdout.write(awsOptions);
  const { isTTY, columns } = process.stdout;
  const request = readRequest(values, positionals);
  const query = values.query === undefined ? undefined : readQuery(values.query);
  if (oneOf(["on", "off", "auto"], values.color ?? "auto", "--color") === "off") process.env.NO_COLOR = "1";
  const settings = readSettings(values);
  const form = formOf(settings.output ?? { value: isTTY ? "table" : "json", source: "--output" });
  const client = connect(values, settings);
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
  try {
    for await (const piece of form(watched(), options))
      if (!process.stdout.write(piece))
        await once(process.stdout, "drain", { signal }).catch(() => signal.throwIfAborted());
  } catch (error) {
    throw inOptions(error, namesOf(values, request));
  }
  // The other forms have a place for it.
  if (resumeToken !== undefined && form !== json && form !== text) {
    const place = form === table ? process.stdout : process.stderr;
    place.write(`There are more: --starting-token ${resumeToken}\n`);
  }
}

function readRequest(values: Values, positionals: readonly string[]): ListingRequest {
  const { "project-name": projectName, "starting-token": token, "next-token": nextToken } = values;
  if (positionals.length > 0) throw new UsageError(`list takes options only: what is "${positionals[0]}"?`);
  if (projectName === undefined)
    throw new UsageError("--project-name is missing: name the project whose jobs to list.");
  // The operation's own options turn paging off, as they do with the AWS CLI.
  const paginate = !values["no-paginate"] && values["max-results"] === undefined && nextToken === undefined;
  const paging = (["starting-token", "page-size", "max-items"] as const).filter((name) => values[name] !== undefined);
  if (!paginate && paging.length > 0) {
    const names = paging.map((name) => `--${name}`).join(", ");
    throw new UsageError(`Cannot specify --no-paginate along with pagination arguments: ${names}`);
  }
  return {
    projectName,
    maxResults: wholeNumber("--page-size", values["page-size"]) ?? wholeNumber("--max-results", values["max-results"]),
    maxItems: wholeNumber("--max-items", values["max-items"]),
    paginate,
    start: token === undefined ? { token: nextToken, skip: 0 } : decodePosition(token),
  };
}

/** The options behind the members of the operation's input. */
function namesOf(values: Values, { projectName, maxResults, start }: ListingRequest): Readonly<Record<string, Given>> {
  return {
    projectName: { name: "--project-name", value: projectName },
    maxResults: { name: values["max-results"] === undefined ? "--page-size" : "--max-results", value: maxResults },
    nextToken: { name: values["next-token"] === undefined ? "--starting-token" : "--next-token", value: start.token },
  };
}

/** @throws UsageError or ConfigurationError, by where the name of the output format comes from */
function formOf({ value, source }: Setting): OutputFormat {
  return FORMS.get(oneOf([...FORMS.keys()], value, source))!;
}

function oneOf(known: readonly string[], value: string, source: string): string {
  if (known.includes(value)) return value;
  const message = `${source} is one of ${known.join(", ")}, not "${value}"${suggestion(value, known)}`;
  throw source.startsWith("--") ? new UsageError(message) : new ConfigurationError(message);
}
