/** AWS's standard retry mode: which errors are retried, after which delay, and how often. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { contract } from "../generated/index.ts";
import { type ClientOptions, ConfigurationError, isServiceError, type LogEntry, NetworkError } from "../src/index.ts";
import { networkCauseOf } from "../src/sending/network-error.ts";
import { delayOf, type RetryKind, RetryQuota, retryKindOf } from "../src/sending/retry.ts";
import { signedFetch } from "../src/sigv4.ts";
import { clientOf, credentials, paths, projectName, rejection, withEnvironment, withRandom } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { type StubResponse, stubServer } from "./support/stub-server.ts";

const cases = suite("AWS's cases of the standard retry mode");

/** A response, the decision about it, the delay in seconds, and the quota afterwards. */
type Step = readonly [response: number | string, expected: number | "success" | "attempts" | "quota", tokens: number];

/** `spec-2.1-cases.json`, with a random source of 1. */
const CASES: readonly { name: string; maxAttempts?: number; tokens?: number; steps: readonly Step[] }[] = [
  {
    name: "Retry eventually succeeds",
    steps: [
      [500, 0.05, 486],
      [500, 0.1, 472],
      [200, "success", 486],
    ],
  },
  {
    name: "Fail due to max attempts reached",
    steps: [
      [502, 0.05, 486],
      [502, 0.1, 472],
      [502, "attempts", 472],
    ],
  },
  {
    name: "Retry Quota reached after a single retry",
    tokens: 14,
    steps: [
      [500, 0.05, 0],
      [500, "quota", 0],
    ],
  },
  { name: "No retries at all if retry quota is 0", tokens: 0, steps: [[500, "quota", 0]] },
  {
    name: "Verifying exponential backoff timing",
    maxAttempts: 5,
    steps: [
      [500, 0.05, 486],
      [500, 0.1, 472],
      [500, 0.2, 458],
      [500, 0.4, 444],
      [500, "attempts", 444],
    ],
  },
  {
    name: "Retry Stops After Retry Quota Exhaustion",
    maxAttempts: 5,
    tokens: 20,
    steps: [
      [500, 0.05, 6],
      [502, "quota", 6],
    ],
  },
  {
    name: "Retry quota Recovery After Successful Responses",
    maxAttempts: 5,
    tokens: 30,
    steps: [
      [500, 0.05, 16],
      [502, 0.1, 2],
      [200, "success", 16],
      [500, 0.05, 2],
      [200, "success", 16],
    ],
  },
  {
    name: "Throttling Error Token Bucket Drain (5 tokens) and Backoff Duration (1000ms)",
    steps: [
      ["Throttling", 1, 495],
      [200, "success", 500],
    ],
  },
];

for (const { name, maxAttempts = 3, tokens, steps } of CASES)
  cases(name, () =>
    withRandom(1, async () => {
      const quota = new RetryQuota(tokens);
      let attempt = 1;
      let lastRetry: RetryKind | undefined;
      for (const [response, expected, left] of steps) {
        if (response === 200) {
          quota.refund(lastRetry);
          attempt = 1;
          lastRetry = undefined;
        } else {
          const [code, status] = typeof response === "string" ? [response, 400] : [undefined, response];
          const kind = retryKindOf(code, status, undefined);
          assert.ok(kind, `${response} is retryable`);
          const wanted = typeof expected === "number" ? expected * 1000 : expected;
          assert.is(quota.grant({ kind, attempt, maxAttempts, remaining: 30_000 }), wanted);
          attempt++;
          lastRetry = kind;
        }
        assert.is(quota.tokens, left);
      }
    }),
  );

/** `backoff-timings.json`, v2026: kind, retries so far, cost, delay in milliseconds. The first row is a call's first token. */
const TIMINGS: Readonly<Record<string, readonly (readonly ["transient" | "throttling", number, number, number])[]>> = {
  "8x - transient mixed": [
    ["transient", 0, 0, 50],
    ["throttling", 1, 5, 1000],
    ["throttling", 2, 5, 2000],
    ["transient", 3, 14, 200],
    ["transient", 4, 14, 400],
    ["transient", 5, 14, 800],
    ["transient", 6, 14, 1600],
    ["throttling", 7, 5, 20_000],
  ],
  "8x - throttling mixed": [
    ["transient", 0, 0, 50],
    ["transient", 1, 14, 50],
    ["throttling", 2, 5, 2000],
    ["throttling", 3, 5, 4000],
    ["throttling", 4, 5, 8000],
    ["throttling", 5, 5, 16_000],
    ["transient", 6, 14, 1600],
    ["throttling", 7, 5, 20_000],
  ],
};

for (const [name, [first, ...retries]] of Object.entries(TIMINGS))
  cases(name, () =>
    withRandom(1, async () => {
      const quota = new RetryQuota();
      const call = { maxAttempts: 8, remaining: 30_000 };
      assert.is(delayOf(first![0], first![1], 1, undefined), first![3]);
      for (const [kind, attempt, cost, delay] of retries) {
        const before = quota.tokens;
        assert.is(quota.grant({ ...call, kind, attempt }), delay);
        assert.is(before - quota.tokens, cost);
      }
      assert.is(quota.grant({ ...call, kind: "transient", attempt: 8 }), "attempts");
    }),
  );

cases("the delay has full jitter, and is at most 20 s", () => {
  assert.is(delayOf("transient", 3, 0, undefined), 0);
  assert.is(delayOf("transient", 3, 0.25, undefined), 100);
  assert.is(delayOf("throttling", 30, 0.5, undefined), 10_000);
});

cases("a success refunds the cost of the last retry, or one token, up to the quota's capacity", () => {
  const quota = new RetryQuota(100);
  quota.refund(undefined);
  assert.is(quota.tokens, 101);
  quota.grant({ kind: "transient", attempt: 1, maxAttempts: 3, remaining: 30_000 });
  quota.grant({ kind: "throttling", attempt: 2, maxAttempts: 3, remaining: 30_000 });
  assert.is(quota.tokens, 101 - 14 - 5);
  quota.refund("throttling");
  assert.is(quota.tokens, 101 - 14 - 5 + 5);
  const full = new RetryQuota();
  full.refund(undefined);
  assert.is(full.tokens, 500);
});

cases("a pause that would outlast the call is not begun, and costs no tokens", () =>
  withRandom(1, async () => {
    const quota = new RetryQuota();
    const failed = { kind: "transient", attempt: 1, maxAttempts: 3 } as const;
    assert.is(quota.grant({ ...failed, remaining: 50 }), "timeout");
    assert.is(quota.tokens, 500);
    assert.is(quota.grant({ ...failed, remaining: 51 }), 50);
  }),
);

cases.run();

const kinds = suite("retry kinds");

for (const code of [
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
])
  kinds(`${code} is throttling, whatever its status`, () => {
    assert.is(retryKindOf(code, 400, undefined), "throttling");
    assert.is(retryKindOf(code, 503, undefined), "throttling");
  });

kinds("429 is throttling, and 500, 502, 503, 504 and a request that timed out are transient", () => {
  assert.is(retryKindOf(undefined, 429, undefined), "throttling");
  for (const status of [500, 502, 503, 504]) assert.is(retryKindOf(undefined, status, undefined), "transient");
  for (const code of ["RequestTimeout", "RequestTimeoutException"])
    assert.is(retryKindOf(code, 400, undefined), "transient");
  for (const status of [400, 401, 403, 404, 408, 409, 413, 501, 505])
    assert.is(retryKindOf("Other", status, undefined), undefined);
});

kinds("x-retryable of the document makes an error retryable", () => {
  assert.is(retryKindOf("Busy", 400, { retryable: true }), "transient");
  assert.is(retryKindOf("Busy", 400, { retryable: { throttling: true } }), "throttling");
  assert.is(retryKindOf("Busy", 400, { retryable: false }), undefined);
  assert.is(contract.errors.InternalServerException.retryable, true);
  assert.equal(contract.errors.ThrottlingException.retryable, { throttling: true });
});

const coded = (code: string, cause?: unknown) => Object.assign(new Error(code.toLowerCase(), { cause }), { code });

for (const code of [
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
])
  kinds(`${code} is transient anywhere in the chain of causes`, () => {
    const fault = { code, reason: code, transient: true };
    assert.equal(networkCauseOf(coded(code)), fault);
    assert.equal(networkCauseOf(new TypeError("fetch failed", { cause: coded("OUTER", coded(code)) })), fault);
    assert.equal(networkCauseOf(new AggregateError([new Error("one"), coded(code)])), fault);
  });

kinds("any other cause is not transient, and the innermost one is named", () => {
  const certificate = coded("DEPTH_ZERO_SELF_SIGNED_CERT");
  assert.equal(networkCauseOf(new TypeError("fetch failed", { cause: certificate })), {
    code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    reason: "depth_zero_self_signed_cert",
    transient: false,
  });
  assert.equal(networkCauseOf("a string"), { reason: "a string", transient: false });
  const loop = new Error("loop");
  loop.cause = loop;
  assert.equal(networkCauseOf(loop), { reason: "loop", transient: false });
});

kinds.run();

const test = suite("retries");
test.after.each(closeServers);

const failing: StubResponse = {
  status: 503,
  headers: { "x-amzn-errortype": "ServiceUnavailable" },
  body: { message: "no" },
};
const page: StubResponse = { body: { ModelPackagingJobs: [] } };

/** Sends each response once, then the last one for ever. */
const inTurn =
  (...responses: StubResponse[]) =>
  (_: unknown, index: number) =>
    responses[Math.min(index, responses.length - 1)] as StubResponse;

const attemptsOf = async (options: ClientOptions) => {
  const server = await stubServer(inTurn(failing));
  const error = await withRandom(0, () => rejection(clientOf(server, options).listModelPackagingJobs({ projectName })));
  await server.close();
  assert.ok(isServiceError(error) && error.name === "ServiceUnavailable");
  assert.is(error.attempts, server.requests.length);
  return server.requests.length;
};

for (const [path, way] of Object.entries(paths))
  test(`each attempt is numbered and signed anew, and the call keeps its invocation id, over ${path}`, async () => {
    const server = await stubServer(inTurn(failing, failing, page));
    const client = clientOf(server, way);
    await withRandom(0, async () => {
      await client.listModelPackagingJobs({ projectName });
      await client.listModelPackagingJobs({ projectName });
    });
    await server.close();
    const [first, second, third, next] = server.requests.map(({ headers }) => headers);
    assert.equal(
      [first, second, third].map((headers) => headers?.["amz-sdk-request"]),
      ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"],
    );
    assert.match(
      String(first?.["amz-sdk-invocation-id"]),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
    assert.is(second?.["amz-sdk-invocation-id"], first?.["amz-sdk-invocation-id"]);
    assert.is(third?.["amz-sdk-invocation-id"], first?.["amz-sdk-invocation-id"]);
    assert.is.not(next?.["amz-sdk-invocation-id"], first?.["amz-sdk-invocation-id"]);
    const signatures = [first, second, third].map((headers) => headers?.authorization);
    assert.is(new Set(signatures).size, 3);
    for (const signature of signatures)
      assert.match(String(signature), /SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;/);
  });

test("maxAttempts comes from the option, then AWS_MAX_ATTEMPTS, then 3, and includes the first attempt", async () => {
  assert.is(await attemptsOf({ maxAttempts: 1 }), 1);
  assert.is(await attemptsOf({ maxAttempts: 5 }), 5);
  assert.is(await withEnvironment({ AWS_MAX_ATTEMPTS: "2" }, () => attemptsOf({ maxAttempts: undefined })), 2);
  assert.is(await withEnvironment({ AWS_MAX_ATTEMPTS: "2" }, () => attemptsOf({ maxAttempts: 4 })), 4);
  assert.is(await withEnvironment({}, () => attemptsOf({ maxAttempts: undefined })), 3);
});

test("the error for an invalid number of attempts names the option or the variable", () =>
  withEnvironment({ AWS_MAX_ATTEMPTS: "many" }, async () => {
    const refused = (name: string) => (error: unknown) =>
      error instanceof ConfigurationError && error.message.startsWith(`${name} must be a whole number from 1`);
    const server = { url: "http://127.0.0.1:9" };
    assert.throws(() => clientOf(server, { maxAttempts: undefined }), refused("AWS_MAX_ATTEMPTS"));
    for (const maxAttempts of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      assert.throws(() => clientOf(server, { maxAttempts }), refused("maxAttempts"));
  }));

test("all calls of a client share a quota: without tokens they fail at once, and successes refund tokens", async () => {
  let response = failing;
  const server = await stubServer(() => response);
  const decisions: LogEntry[] = [];
  const client = clientOf(server, { logger: { debug: () => {}, warn: (entry) => decisions.push(entry) } });
  const requestsOf = async (one = client) => {
    const before = server.requests.length;
    await rejection(one.listModelPackagingJobs({ projectName }));
    return server.requests.length - before;
  };
  await withRandom(0, async () => {
    // 500 tokens are 35 retries of 14.
    for (let call = 0; call < 17; call++) assert.is(await requestsOf(), 3);
    assert.is(await requestsOf(), 2);
    assert.is(await requestsOf(), 1);
    assert.equal(decisions.at(-1), { event: "giveUp", attempt: 1, because: "quota" });
    assert.is(await requestsOf(clientOf(server)), 3);

    response = page;
    for (let call = 0; call < 4; call++) await client.listModelPackagingJobs({ projectName });
    response = failing;
    // 10 tokens were left, and 4 were refunded.
    assert.is(await requestsOf(), 2);
  });
  await server.close();
});

test("a success refunds the retry that led to it", async () => {
  const server = await stubServer((_, index) => (index % 2 === 0 ? failing : page));
  const client = clientOf(server);
  // Without the refunds, 36 calls would use the quota up.
  await withRandom(0, async () => {
    for (let call = 0; call < 40; call++) await client.listModelPackagingJobs({ projectName });
  });
  await server.close();
  assert.is(server.requests.length, 80);
});

test("raw is retried as the methods are, and returns the last response", async () => {
  const server = await stubServer(inTurn(failing));
  const { raw } = clientOf(server);
  const path = "/2020-11-20/projects/{projectName}/modelpackagingjobs";
  const result = await withRandom(0, () => raw.GET(path, { params: { path: { projectName } } }));
  await server.close();
  assert.is(server.requests.length, 3);
  assert.is(result.response.status, 503);
  assert.equal(result.error, { message: "no" });
});

test("a POST is not sent again without retryPost", async () => {
  const options = { service: "execute-api", region: "us-east-1", credentials };
  const requests = async (method: string, retryPost?: boolean) => {
    const server = await stubServer(inTurn(failing));
    const fetch = signedFetch({ ...options, retryPost });
    const result = await withRandom(0, () => fetch(server.url, { method, ...(method !== "GET" && { body: "{}" }) }));
    await server.close();
    assert.is(result.status, 503);
    for (const { body } of server.requests) assert.is(body, method === "GET" ? "" : "{}");
    return server.requests.length;
  };
  assert.is(await requests("POST"), 1);
  assert.is(await requests("PATCH"), 1);
  assert.is(await requests("POST", true), 3);
  for (const method of ["GET", "PUT", "DELETE"]) assert.is(await requests(method), 3);
});

test("a POST without a response is not sent again", async () => {
  const server = await stubServer(inTurn(page));
  await server.close();
  const entries: LogEntry[] = [];
  const logger = { debug: (entry: LogEntry) => entries.push(entry), warn: (entry: LogEntry) => entries.push(entry) };
  const fetch = signedFetch({ service: "execute-api", region: "us-east-1", credentials, logger });
  const error = await rejection(fetch(server.url, { method: "POST", body: "{}" }));
  assert.ok(error instanceof NetworkError && error.code === "ECONNREFUSED" && error.attempts === 1);
  assert.is(entries.length, 1);
});

test.run();
