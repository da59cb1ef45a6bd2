/** Clients of before the end list from the endpoint with only its URL changed. Each runs where it is installed. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, openStore, type Store, serve } from "../src/endpoint/index.ts";
import { putJobs } from "./support/endpoint-jobs.ts";

const test = suite("clients of before the end");
const run = promisify(execFile);
const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const denied = { accessKeyId: "AKIDDENIED", secretAccessKey: "other", projects: ["elsewhere"] };

let store: Store;
let endpoint: Endpoint;
test.before(async () => {
  store = await openStore();
  await putJobs(store, "circuit-boards", 250);
  endpoint = await serve({ store, credentials: [keys, denied] });
});
test.after(async () => {
  await endpoint.close();
  await store.close();
});

const environment = ({ accessKeyId, secretAccessKey } = keys) => ({
  PATH: process.env.PATH,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
});

/** The message of a failed command. */
async function stderrOf(command: Promise<unknown>): Promise<string> {
  const error = await command.then(
    () => new Error("the command succeeded"),
    (reason: { stderr?: string }) => reason,
  );
  return String("stderr" in error ? error.stderr : error);
}

/** Debian's, not what a version manager puts before it. */
const AWS = "/usr/bin/aws";
if (existsSync(AWS)) {
  const list = (args: string[], credentials = keys) =>
    run(AWS, ["lookoutvision", "list-model-packaging-jobs", "--endpoint-url", endpoint.url, ...args], {
      env: environment(credentials),
    });

  test("AWS CLI lists three pages", async () => {
    const { stdout } = await list(["--project-name", "circuit-boards", "--output", "json"]);
    const { ModelPackagingJobs } = JSON.parse(stdout);
    assert.is(ModelPackagingJobs.length, 250);
    assert.is(ModelPackagingJobs[0].JobName, "job-249");
    assert.is(ModelPackagingJobs[249].JobName, "job-0");
  });

  test("AWS CLI names each error", async () => {
    assert.match(await stderrOf(list(["--project-name", "nowhere"])), /ResourceNotFoundException/);
    assert.match(await stderrOf(list(["--project-name", "bad name"])), /ValidationException/);
    assert.match(await stderrOf(list(["--project-name", "circuit-boards"], denied)), /AccessDeniedException/);
    const wrong = { ...keys, secretAccessKey: "wrong" };
    assert.match(await stderrOf(list(["--project-name", "circuit-boards"], wrong)), /InvalidSignatureException/);
  });
} else console.log(`left out: AWS CLI, which is not at ${AWS} (Debian's package awscli)`);

const PYTHON = "/usr/bin/python3";
const hasBoto3 = await run(PYTHON, ["-c", "import boto3"]).then(
  () => true,
  () => false,
);
if (hasBoto3) {
  const script = `
import boto3, sys
client = boto3.client("lookoutvision", endpoint_url=sys.argv[1])
pages = list(client.get_paginator("list_model_packaging_jobs").paginate(ProjectName="circuit-boards"))
jobs = [job for page in pages for job in page["ModelPackagingJobs"]]
print(len(pages), len(jobs), jobs[0]["CreationTimestamp"].timestamp())
for name in ["nowhere", "bad name"]:
    try:
        client.list_model_packaging_jobs(ProjectName=name)
    except client.exceptions.ResourceNotFoundException as error:
        print("missing", error.response["ResourceType"], error.response["ResourceId"])
    except client.exceptions.ValidationException as error:
        print("invalid", error.response["ResponseMetadata"]["HTTPStatusCode"])
`;
  test("boto3 lists three pages and meets its exception classes", async () => {
    const { stdout } = await run(PYTHON, ["-c", script, endpoint.url], { env: environment() });
    assert.equal(stdout.trim().split("\n"), ["3 250 1757000249.0", "missing PROJECT nowhere", "invalid 400"]);
  });
} else console.log("left out: boto3 (Debian's package python3-boto3)");

const sdk2 = process.env.AWS_SDK_V2;
if (sdk2 !== undefined) {
  const { LookoutVision } = createRequire(import.meta.url)(sdk2);
  const client = (credentials = keys) =>
    new LookoutVision({ endpoint: endpoint.url, region: "us-east-1", ...credentials, maxRetries: 0 });

  test("the AWS SDK for JavaScript v2 lists three pages", async () => {
    const names: string[] = [];
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const page = await client().listModelPackagingJobs({ ProjectName: "circuit-boards", NextToken }).promise();
      for (const job of page.ModelPackagingJobs) names.push(job.JobName);
      NextToken = page.NextToken;
      pages++;
    } while (NextToken);
    assert.is(pages, 3);
    assert.is(new Set(names).size, 250);
  });

  test("the AWS SDK for JavaScript v2 reads each error's code", async () => {
    const codeOf = (ProjectName: string, credentials = keys) =>
      client(credentials)
        .listModelPackagingJobs({ ProjectName })
        .promise()
        .then(
          () => "none",
          (error: { code: string }) => error.code,
        );
    assert.is(await codeOf("nowhere"), "ResourceNotFoundException");
    assert.is(await codeOf("bad name"), "ValidationException");
    assert.is(await codeOf("circuit-boards", denied), "AccessDeniedException");
  });
} else console.log("left out: the AWS SDK for JavaScript v2, whose folder AWS_SDK_V2 does not name");

test.run();
