import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { serviceErrorGuard } from "../src/client.ts";
import { InputError } from "../src/errors.ts";
import { isObject } from "../src/json.ts";
import { rejection, withRandom } from "./support/client.ts";
import { only, readSpec } from "./support/depot.ts";
import { type Generated, generated, root } from "./support/generated.ts";
import { type LooseClient, looseClient } from "./support/loose-client.ts";
import { assertSigned } from "./support/signature.ts";
import { type StubResponse, type StubServer, stubServer } from "./support/stub-server.ts";

interface Context {
  lookout: Generated;
  server: StubServer;
  client: LooseClient;
  responses: StubResponse[];
}

const JOBS = "/2020-11-20/projects/circuit-boards/modelpackagingjobs";
const projectName = "circuit-boards";
const Greengrass = { ComponentName: "board.inspector", S3OutputLocation: { Bucket: "packages", Prefix: "v7/" } };
const start = { projectName, ModelVersion: "7", Configuration: { Greengrass } };

const read = (path: string) => readFileSync(`${root}${path}`, "utf8");

/** The project's document with the addition, which replaces operations and components of the same name. */
function merged(today: unknown, addition: unknown, depth = 3): unknown {
  if (depth === 0 || !isObject(today) || !isObject(addition)) return addition;
  const members = Object.entries(addition).map(([name, value]) => [name, merged(today[name], value, depth - 1)]);
  return { ...today, ...Object.fromEntries(members) };
}

const test = suite<Context>("operations added to today's document");

test.before(async (context) => {
  const today = parse(read("spec/openapi.yaml"));
  context.lookout = await generated(stringify(merged(today, parse(readSpec("packaging-siblings.yaml")))));
  context.server = await stubServer(() =>
    context.responses.length > 1 ? context.responses.shift()! : (context.responses[0] ?? { body: {} }),
  );
  context.client = looseClient(context.lookout.contract, context.server.url);
});
test.before.each((context) => {
  context.responses = [];
  context.server.requests.length = 0;
});
test.after.each(async ({ server }) => {
  for (const request of server.requests) await assertSigned(request, "lookoutvision");
});
test.after(async ({ server, lookout }) => {
  lookout?.remove();
  await server?.close();
});

test("their types hold under the strictest settings", ({ lookout }) => {
  assert.equal(lookout.complaints(readSpec("packaging-siblings.program.txt")), []);
});

test("the client has a method for each", ({ lookout }) => {
  const names = ["describeModelPackagingJob", "listModelPackagingJobs", "startModelPackagingJob"];
  assert.equal(Object.keys(lookout.contract.operations), names);
});

test("DescribeModelPackagingJob: two labels in the path, Dates in a nested member", async (context) => {
  const job = { JobName: "job-1", Status: "SUCCEEDED", ModelPackagingOutputDetails: { Greengrass: {} } };
  const times = { CreationTimestamp: 1757836800.123, LastUpdatedTimestamp: 1757838014.5 };
  context.responses.push({
    headers: { "x-amzn-requestid": "r-1" },
    body: { ModelPackagingDescription: { ...job, ...times, StatusMessage: null } },
  });
  const described = await context.client.call("describeModelPackagingJob", { projectName, jobName: "job-1" });
  const dates = {
    CreationTimestamp: new Date("2025-09-14T08:00:00.123Z"),
    LastUpdatedTimestamp: new Date("2025-09-14T08:20:14.500Z"),
  };
  assert.equal(described, { ModelPackagingDescription: { ...job, ...dates }, requestId: "r-1" });
  assert.is(only(context.server).url, `${JOBS}/job-1`);
});

test("StartModelPackagingJob: a body, and a token in a header that makes the POST repeatable", async (context) => {
  const { client, server, responses } = context;
  responses.push({ status: 503, body: "<h1>down" }, { body: { JobName: "job-2" } });
  const started = await withRandom(0, () => client.call("startModelPackagingJob", start));
  assert.is(started.JobName, "job-2");
  const [first, second] = server.requests;
  assert.is(`${first?.method} ${first?.url}`, `POST ${JOBS}`);
  assert.equal(JSON.parse(first?.body ?? ""), { ModelVersion: "7", Configuration: { Greengrass } });
  assert.is(second?.body, first?.body);
  const tokens = server.requests.map(({ headers }) => headers["x-amzn-client-token"]);
  assert.match(String(tokens[0]), /^[\da-f-]{36}$/);
  assert.is(tokens[0], tokens[1]);
  await client.call("startModelPackagingJob", { ...start, "X-Amzn-Client-Token": "mine" });
  assert.is(server.requests[2]?.headers["x-amzn-client-token"], "mine");
});

test("their errors are told apart by the names that came with them", async ({ client, lookout, responses }) => {
  const body = { Message: "It runs already", ResourceId: "job-1", ResourceType: "MODEL_PACKAGE_JOB" };
  responses.push({ status: 409, headers: { "x-amzn-errortype": "ConflictException" }, body });
  const error = await rejection(client.call("startModelPackagingJob", start));
  assert.ok(serviceErrorGuard(lookout.contract)(error));
  assert.equal([error.name, error.status, error.body], ["ConflictException", 409, body]);
  assert.equal(lookout.contract.errors.ServiceQuotaExceededException, {});
  assert.equal(lookout.statuses.ServiceQuotaExceededException, [402]);
  assert.equal(lookout.statuses.ThrottlingException, [400, 429]);
});

test("their input is checked to its depth before anything is sent", async ({ client, server }) => {
  const bad = { ...Greengrass, ComponentVersion: "1.2", TargetDevice: "toaster", Tags: [{ Key: "" }] };
  const error = await rejection(
    client.call("startModelPackagingJob", { ...start, ModelVersion: "0", Configuration: { Greengrass: bad } }),
  );
  assert.instance(error, InputError);
  const at = "Configuration.Greengrass";
  assert.equal((error as InputError).faults.map(({ member }) => member).sort(), [
    `${at}.ComponentVersion`,
    `${at}.Tags.0.Key`,
    `${at}.Tags.0.Value`,
    `${at}.TargetDevice`,
    "ModelVersion",
  ]);
  assert.is(server.requests.length, 0);
});

test("the listing goes on as before", async ({ client, server, responses }) => {
  responses.push(
    { body: { ModelPackagingJobs: [{ JobName: "a" }], NextToken: "b+/=" } },
    { body: { ModelPackagingJobs: [{ JobName: "b", CreationTimestamp: 0 }] } },
  );
  const jobs = await client.list("listModelPackagingJobs", { projectName }).toArray({ limit: 2 });
  assert.equal(jobs, [{ JobName: "a" }, { JobName: "b", CreationTimestamp: new Date(0) }]);
  const queries = server.requests.map(({ url }) => url.split("?")[1]);
  assert.equal(queries, ["maxResults=2", "maxResults=1&nextToken=b%2B%2F%3D"]);
});

test.run();
