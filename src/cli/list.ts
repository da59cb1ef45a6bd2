/** `packaging-jobs list`: what `aws lookoutvision list-model-packaging-jobs` did. */
import { ConfigurationError, type LogEntry } from "../index.ts";
import { type Arguments, choose, wholeNumber } from "./arguments.ts";
import { EXIT, UsageError } from "./failure.ts";
import { csv } from "./forms/csv.ts";
import type { FormMaker } from "./forms/form.ts";
import { json } from "./forms/json.ts";
import { ndjson } from "./forms/ndjson.ts";
import { table } from "./forms/table.ts";
import { text } from "./forms/text.ts";
import { createWireClient, type JobList, toJob, type WireClient } from "./job.ts";
import { listParts } from "./listing.ts";
import { findProfile, profileFiles } from "./profile.ts";
import { counted, Progress } from "./progress.ts";
import { readQuery } from "./query.ts";
import { decodePosition } from "./starting-token.ts";
import { print, printAll } from "./stdout.ts";

const FORMS: Readonly<Record<string, FormMaker>> = { table, json, ndjson, csv, text };
/** Forms without a place for a token. */
const TOKENLESS = ["ndjson", "csv"];

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

export async function run({ values, positionals }: Arguments<typeof help>, signal: AbortSignal): Promise<number> {
  const { output = process.stdout.isTTY ? "table" : "json", query: queryText } = values;
  const makeForm = choose("--output", output, FORMS);
  const request = readRequest(values, positionals);
  const query = queryText === undefined ? undefined : readQuery(queryText);
  const client = connect(values);
  const { isTTY, columns } = process.stdout;
  const form = makeForm({
    projectName: request.projectName,
    query,
    width: isTTY ? columns : undefined,
  });

  const progress = new Progress(!isTTY || output === "table" || output === "json");
  let jobs = 0;
  let pages = 0;
  let resumeToken: string | undefined;
  try {
    if (values["no-paginate"]) {
      const page = await onePage(client, request.projectName, signal);
      await print(form.part(page), signal);
      // As text the page has told it already.
      if (output !== "text") resumeToken = page.NextToken;
    } else {
      for await (const part of listParts(client, { ...request, signal })) {
        jobs += part.jobs.length;
        pages++;
        resumeToken = part.resumeToken;
        await print(form.part({ ModelPackagingJobs: part.jobs }), signal);
        progress.tell((s) => `${counted(jobs)} jobs, ${counted(pages)} pages, ${counted(jobs / s)} jobs/s`);
      }
    }
  } finally {
    progress.clear();
    await client.close();
  }
  await printAll(form.end(resumeToken), signal);
  if (resumeToken !== undefined && TOKENLESS.includes(output))
    process.stderr.write(`There are more: --starting-token ${resumeToken}\n`);
  return EXIT.ok;
}

function readRequest(values: Values, positionals: readonly string[]) {
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
    pageSize: wholeNumber("--page-size", values["page-size"]),
    maxItems: wholeNumber("--max-items", values["max-items"]),
    start: token === undefined ? { token, skip: 0 } : decodePosition(token),
  };
}

function connect({ profile: named, debug, ...values }: Values): WireClient {
  const profile = findProfile(named ?? process.env.AWS_PROFILE ?? "default");
  if (named !== undefined) {
    if (!profile)
      throw new ConfigurationError(
        `The config profile (${named}) could not be found in ${profileFiles().join(" or ")}.`,
      );
    // Named on the line, a profile goes before keys in the environment, as it does with the AWS CLI.
    for (const key of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) delete process.env[key];
    process.env.AWS_PROFILE = named;
  }
  const log = (entry: LogEntry) => void process.stderr.write(`${JSON.stringify(entry)}\n`);
  return createWireClient({
    region: values.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || profile?.region),
    endpoint: values["endpoint-url"],
    ...(debug && { logger: { debug: log, warn: log } }),
  });
}

async function onePage(client: WireClient, projectName: string, signal: AbortSignal): Promise<JobList> {
  const { ModelPackagingJobs = [], NextToken } = await client.listModelPackagingJobs({ projectName }, { signal });
  return { ModelPackagingJobs: ModelPackagingJobs.map(toJob), ...(NextToken && { NextToken }) };
}
