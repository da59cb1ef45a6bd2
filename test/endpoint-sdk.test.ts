import {
  AccessDeniedException,
  InternalServerException,
  ListModelPackagingJobsCommand,
  LookoutVisionClient,
  type LookoutVisionClientConfig,
  LookoutVisionServiceException,
  type ModelPackagingJobMetadata,
  paginateListModelPackagingJobs,
  ResourceNotFoundException,
  ThrottlingException,
  ValidationException,
} from "@aws-sdk/client-lookoutvision";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, type Key, openStore, type Store } from "../src/endpoint/index.ts";
import { putJobs } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { closeServers } from "./support/open-servers.ts";

const denied: Key = { accessKeyId: "AKIDDENIED", secretAccessKey: "other", projects: ["elsewhere"] };
const expired: Key = { accessKeyId: "AKIDEXPIRED", secretAccessKey: "old", expiration: new Date(0) };
const allowed: Key = { accessKeyId: "AKIDALLOWED", secretAccessKey: "secret", sessionToken: "to/ken+==" };

const test = suite<{ store: Store; endpoint: Endpoint }>("AWS SDK for JavaScript 3.918.0");

test.after(closeServers);
test.before(async (context) => {
  context.store = await openStore();
  await putJobs(context.store, "circuit-boards", 250);
  context.endpoint = await serve({ store: context.store, credentials: [allowed, denied, expired] });
});
test.after(async ({ endpoint, store }) => {
  await endpoint.close();
  await store.close();
});

function clientOf({ url: endpoint, region }: Endpoint, credentials: Key, config: LookoutVisionClientConfig = {}) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const identity = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  return new LookoutVisionClient({ endpoint, region, credentials: identity, maxAttempts: 1, ...config });
}

/** Makes a call that fails, and gives the error once it is known to be of that class. */
async function thrown<T extends LookoutVisionServiceException>(
  type: new (...args: never[]) => T,
  endpoint: Endpoint,
  input: { ProjectName: string; MaxResults?: number },
  credentials = allowed,
): Promise<T> {
  const client = clientOf(endpoint, credentials);
  const outcome: unknown = await client.send(new ListModelPackagingJobsCommand(input)).catch((error: unknown) => error);
  client.destroy();
  if (!(outcome instanceof type)) throw new Error(`Not a ${type.name}.`, { cause: outcome });
  return outcome;
}

test("lists three pages", async ({ endpoint }) => {
  const client = clientOf(endpoint, allowed);
  const sizes: number[] = [];
  const jobs: ModelPackagingJobMetadata[] = [];
  for await (const page of paginateListModelPackagingJobs({ client }, { ProjectName: "circuit-boards" })) {
    sizes.push(page.ModelPackagingJobs!.length);
    jobs.push(...page.ModelPackagingJobs!);
  }
  client.destroy();
  assert.equal(sizes, [100, 100, 50]);
  assert.equal(
    jobs.map(({ JobName }) => JobName),
    Array.from({ length: 250 }, (_, at) => `job-${249 - at}`),
  );
  assert.equal(jobs[0]?.CreationTimestamp, new Date(1_757_000_249_000));
});

test("meets a ResourceNotFoundException", async ({ endpoint }) => {
  const error = await thrown(ResourceNotFoundException, endpoint, { ProjectName: "nowhere" });
  assert.is(error.ResourceId, "nowhere");
  assert.is(error.ResourceType, "PROJECT");
  assert.is(error.message, "The project nowhere was not found.");
  assert.is(error.$metadata.httpStatusCode, 404);
  assert.match(error.$metadata.requestId!, /^[0-9a-f-]{36}$/);
});

test("meets a ValidationException", async ({ endpoint }) => {
  const error = await thrown(ValidationException, endpoint, { ProjectName: "circuit-boards", MaxResults: 101 });
  assert.is(
    error.message,
    "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  );
});

test("meets an AccessDeniedException", async ({ endpoint }) => {
  const error = await thrown(AccessDeniedException, endpoint, { ProjectName: "circuit-boards" }, denied);
  assert.is(error.message, "User: AKIDDENIED is not authorized to perform: lookoutvision:ListModelPackagingJobs");
});

test("meets a ThrottlingException", async ({ store }) => {
  const now = Date.now();
  const endpoint = await serve({ store, credentials: allowed, rate: 1, clock: () => now });
  await thrown(ResourceNotFoundException, endpoint, { ProjectName: "nowhere" });
  const error = await thrown(ThrottlingException, endpoint, { ProjectName: "circuit-boards" });
  assert.is(error.QuotaCode, "L-LOOKOUTVISION");
  assert.is(error.ServiceCode, "lookoutvision");
  assert.is(error.RetryAfterSeconds, 1);
  assert.is(error.$metadata.httpStatusCode, 429);
  await endpoint.close();
});

test("meets an InternalServerException, and hears nothing of what went wrong inside", async ({ store }) => {
  const failing: Store = Object.assign(Object.create(store) as Store, {
    page: () => Promise.reject(new Error("the disk is on fire")),
  });
  const lines: string[] = [];
  const logger = { info: () => undefined, error: (line: string) => void lines.push(line) };
  const endpoint = await serve({ store: failing, credentials: allowed, logger });
  const error = await thrown(InternalServerException, endpoint, { ProjectName: "circuit-boards" });
  assert.is(error.message, "The service met an internal error. Try again.");
  assert.is(lines.length, 1);
  assert.match(JSON.parse(lines[0]!).cause, /^Error: the disk is on fire\n\s+at /);
  await endpoint.close();
});

test("meets the faults of the signing front end by name", async ({ endpoint }) => {
  const input = { ProjectName: "circuit-boards" };
  const names = new Map<string, Key>([
    ["UnrecognizedClientException", { ...allowed, accessKeyId: "AKIDNOBODY" }],
    ["InvalidSignatureException", { ...allowed, secretAccessKey: "guessed" }],
    ["ExpiredTokenException", expired],
  ]);
  for (const [name, credentials] of names) {
    const error = await thrown(LookoutVisionServiceException, endpoint, input, credentials);
    assert.is(error.name, name);
  }
});

test("corrects a clock that is an hour off by the Date of the refusal", async ({ endpoint }) => {
  const client = clientOf(endpoint, allowed, { systemClockOffset: -3_600_000, maxAttempts: 2 });
  const page = await client.send(new ListModelPackagingJobsCommand({ ProjectName: "circuit-boards", MaxResults: 1 }));
  client.destroy();
  assert.is(page.$metadata.attempts, 2);
  assert.is(page.ModelPackagingJobs?.length, 1);
});

test("sends a project called .. as it is, and is told that there is no such path", async ({ endpoint }) => {
  const error = await thrown(LookoutVisionServiceException, endpoint, { ProjectName: ".." });
  assert.is(error.name, "UnknownOperationException");
});

test.run();
