/** `packaging-jobs list`: what `aws lookoutvision list-model-packaging-jobs` did. */
import { once } from "node:events";
import { type Arguments, oneOf, wholeNumber } from "../arguments.ts";
import { awsOptions, unsupportedAwsOptions } from "../aws-options.ts";
import { connect } from "../connection.ts";
import { inOptions, type OptionGiven, UsageError } from "../failure.ts";
import { csv, formatNamed, json, off, table, text } from "../formats/index.ts";
import { isOutputClosed } from "../listing/closed-output.ts";
import { type ListingRequest, listParts } from "../listing/listing.ts";
import { counted, Progress } from "../listing/progress.ts";
import { readQuery } from "../listing/query.ts";
import { decodePosition } from "../listing/starting-token.ts";
import { spelledOut, tell } from "../one-line.ts";
import { readSettings } from "../settings.ts";

/** Matches tokens that are safe to print: other characters could be commands to a shell or a terminal. */
const SAFE_TOKEN = /^[\w/+=.~:-]+$/;

export const help = `Usage: packaging-jobs list --project-name P [options]
Lists the packaging jobs of a project, newest first.

  --project-name P    the project whose jobs to list (required)
  --max-items N       the most jobs to print; a token for the rest follows
  --page-size N       jobs per request, 1 to 100 [100]
  --starting-token T  continue at the NextToken of an earlier listing
  --no-paginate       send one request, print its page
  --query JMESPATH    print the result of a query
  --output FORMAT     table, json, ndjson, csv, text, off [table; piped, json]
  --keep-formulas     csv: no ' before a cell that a spreadsheet would run
  --endpoint-url URL  [AWS_ENDPOINT_URL_LOOKOUTVISION, AWS_ENDPOINT_URL]
  --region R          [AWS_REGION, AWS_DEFAULT_REGION, the profile's]
  --profile P         a profile of AWS's shared config and credentials files
  --aws-options       print further options, which the AWS CLI has too
  --debug             print each request, and errors in full
  --help              print this

A query gets each page with text and ndjson, else the whole listing.

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
  const format = formatNamed(settings.output ?? { value: isTTY ? "table" : "json", source: "--output" });
  if (format !== off && isOutputClosed())
    throw new Error("Standard output is closed: the listing would be lost. --output off discards it.");
  const client = connect(values, settings);
  const progress = new Progress();
  let jobs = 0;
  let resumeToken: string | undefined;

  async function* counting() {
    let pages = 0;
    try {
      for await (const part of listParts(client, request, signal)) {
        jobs += part.page.ModelPackagingJobs.length;
        pages++;
        resumeToken = part.resumeToken ?? part.page.NextToken;
        yield part;
        progress.tell((s) => `${counted(jobs)} jobs, ${counted(pages)} pages, ${counted(jobs / s)} jobs/s`);
      }
    } finally {
      progress.clear();
      await client.close();
    }
  }

  const { projectName } = request;
  const width = isTTY ? columns : Number.POSITIVE_INFINITY;
  const options = { projectName, query, width, keepFormulas: values["keep-formulas"] ?? false };
  let isEmpty = true;
  try {
    for await (const piece of format(counting(), options)) {
      if (piece === "") continue;
      isEmpty = false;
      // On a terminal the progress line would mix with the jobs.
      if (isTTY) progress.end();
      await print(isTTY && format !== table ? spelledOut(piece) : piece, signal);
    }
  } catch (error) {
    throw inOptions(error, optionsOf(values, request));
  }
  if (format !== off && (isEmpty || (format === csv && jobs === 0))) {
    const found =
      jobs === 0 ? `No packaging jobs in ${projectName}` : `The query picks nothing from ${counted(jobs)} jobs`;
    tell(`${found}.`);
  }
  // The formats json and text print the token themselves.
  if (resumeToken !== undefined && format !== json && format !== text) {
    const stream = format === table ? process.stdout : process.stderr;
    const option = `--starting-token ${resumeToken}`;
    const line = SAFE_TOKEN.test(resumeToken)
      ? `There are more:${option.length < width - 16 ? " " : "\n"}${option}`
      : "There are more, but the service's token is not shown: it has characters that a shell or a terminal could obey.";
    tell(line, stream);
  }
}

/** Waits for a slow reader. An error is left to the listener of standard output, which ends the command. */
async function print(piece: string, signal: AbortSignal): Promise<void> {
  if (!process.stdout.write(piece))
    await once(process.stdout, "drain", { signal }).catch(() => signal.throwIfAborted());
}

function readRequest(values: Values, positionals: readonly string[]): ListingRequest {
  const { "project-name": projectName, "starting-token": token, "next-token": nextToken } = values;
  if (positionals.length > 0) throw new UsageError(`list takes options only: what is "${positionals[0]}"?`);
  if (projectName === undefined)
    throw new UsageError("--project-name is missing: name the project whose jobs to list.");
  // As in the AWS CLI, the operation's own options turn paging off.
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

/** The options that set the members of the operation's input, for the texts of errors. */
function optionsOf(values: Values, { projectName, maxResults, start }: ListingRequest): Record<string, OptionGiven> {
  return {
    projectName: { name: "--project-name", value: projectName },
    maxResults: { name: values["max-results"] === undefined ? "--page-size" : "--max-results", value: maxResults },
    nextToken: { name: values["next-token"] === undefined ? "--starting-token" : "--next-token", value: start.token },
  };
}
