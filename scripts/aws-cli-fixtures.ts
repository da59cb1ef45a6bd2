/**
 * Writes `test/fixtures/cli/aws-cli.json`: the output of the AWS CLI for the jobs of `test/fixtures/cli/inventory.json`. The
 * tests hold the command to it. It needs an AWS CLI v2 that still has the service: Debian 12's package awscli.
 *   node --import tsx scripts/aws-cli-fixtures.ts [PATH-OF-AWS]
 */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { environment, pasted, serveFixture, withoutPageTokens } from "../test/support/cli.ts";

const aws = process.argv[2] ?? "/usr/bin/aws";
const run = promisify(execFile);

const P = ["--project-name", "circuit-boards"];
const NAMES = "ModelPackagingJobs[].JobName";
/** The third job of the first page, which has no page token. */
const SKIP_TWO = Buffer.from('{"NextToken": null, "boto_truncate_amount": 2}').toString("base64");
const CUT = ["--page-size", "7", "--max-items", "10"];
const PAGING = [
  [],
  CUT,
  ["--max-items", "5"],
  ["--max-items", "0"],
  ["--page-size", "7"],
  ["--page-size", "5", "--max-items", "10"],
  ["--page-size", "5", "--max-items", "3", "--starting-token", SKIP_TWO],
  ["--starting-token", SKIP_TWO, "--max-items", "22"],
  ["--no-paginate"],
];
const QUERIES = [
  [NAMES],
  [NAMES, ...CUT],
  ["NextToken"],
  ["NextToken", ...CUT],
  ["length(ModelPackagingJobs)"],
  ["length(ModelPackagingJobs)", ...CUT],
  ["ModelPackagingJobs[?Status=='FAILED'].[JobName,StatusMessage]"],
  ["ModelPackagingJobs[?Status==`RUNNING`]"],
  ["ModelPackagingJobs[?CreationTimestamp>='2025-02-01' && CreationTimestamp<'2025-02-10']"],
  ["sort_by(ModelPackagingJobs[?CreationTimestamp], &CreationTimestamp)[-1].JobName"],
  ["max_by(ModelPackagingJobs[?LastUpdatedTimestamp], &LastUpdatedTimestamp)"],
  ["sort_by(ModelPackagingJobs[?Status], &Status)[].[Status, JobName]"],
  ["min_by(ModelPackagingJobs, &to_number(ModelVersion))"],
  ["{total: length(ModelPackagingJobs), no: Nothing, two: ModelPackagingJobs[:2].{name: JobName, v: ModelVersion}}"],
  ["ModelPackagingJobs[3]"],
  ["ModelPackagingJobs[?JobName=='nobody']"],
  ["Nothing"],
];
const cases = ["json", "text"].flatMap((form) => [
  ...PAGING.map((paging) => [...P, ...paging, "--output", form]),
  ...QUERIES.map((query) => [...P, "--query", ...query, "--output", form]),
  ["--project-name", "empty", "--output", form],
  ["--project-name", "one-job", "--output", form],
]);

const endpoint = await serveFixture();
const env = { ...environment, ...pasted(endpoint), AWS_PAGER: "" };
const { stdout: version } = await run(aws, ["--version"], { env });
const outputs: { args: string[]; code: number; stdout: string }[] = [];
for (const args of cases) {
  const all = ["lookoutvision", "list-model-packaging-jobs", "--endpoint-url", endpoint.url, ...args];
  // Some of these fail: text output ends with the page token, to which a function of the jobs does not apply.
  const { code, stdout } = await run(aws, all, { env }).then(
    (ended) => ({ code: 0, ...ended }),
    (error: { code: number; stdout: string }) => error,
  );
  outputs.push({ args, code, stdout: withoutPageTokens(stdout) });
}
await endpoint.close();
const file = new URL("../test/fixtures/cli/aws-cli.json", import.meta.url);
await writeFile(file, `${JSON.stringify({ version: version.split(" ")[0], outputs }, null, 2)}\n`);
console.log(`${outputs.length} outputs of ${version.split(" ")[0]}`);
