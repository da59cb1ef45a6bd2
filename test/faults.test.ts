/** A server that misbehaves, as a caller sees it. The outcome must be the same on every transport. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ClientOptions } from "../src/index.ts";
import { credentials, paths } from "./support/client.ts";
import { type ModeName, modes } from "./support/fault-modes.ts";
import { closeServers } from "./support/open-servers.ts";
import { type Outcome, outcomeOf } from "./support/outcome.ts";

const test = suite("a server that misbehaves");
test.after.each(closeServers);

interface Row {
  /** The names of the listed jobs, one letter each. @default none */
  readonly items?: string;
  /** The error that is thrown; `{url}` stands for the server. @default nothing */
  readonly error?: Readonly<Record<string, unknown>>;
  /** How many requests, or connections, reached the server; or the fewest and the most. */
  readonly requests: number | readonly [number, number];
  /** The pauses between attempts in milliseconds, with a random source of 0. @default each is 0 */
  readonly pauses?: readonly number[];
  readonly options?: ClientOptions;
}

const ADVICE = "Is this the right address, and does a server run there?";
const reset = {
  name: "NetworkError",
  message: `No complete response from {url}: ECONNRESET. ${ADVICE}`,
  code: "ECONNRESET",
  attempts: 3,
};
const silent: Row = {
  error: {
    name: "TimeoutError",
    message: `Waited 200 ms (attemptTimeout) for a response from {url}. ${ADVICE}`,
    attempts: 2,
  },
  requests: 2,
  options: { maxAttempts: 2, attemptTimeout: 200 },
};
const noHttp = (code: string): Row => ({
  error: { ...reset, message: `No complete response from {url}: ${code}. ${ADVICE}`, code },
  requests: 3,
});
const unreadable = (what: string, status = 200): Row => ({
  error: {
    name: "UnknownServiceError",
    message: `The server responded with HTTP ${status} with something other than the JSON object of the contract ${what}. Is the endpoint the right one?`,
    status,
    requestId: "request-1",
    attempts: 3,
  },
  requests: 3,
});
const throttled = { name: "ThrottlingException", message: "Rate exceeded", status: 429, requestId: "request-1" };
const unknown = (status: number, said: string, attempts: number): Row => ({
  error: {
    name: "UnknownServiceError",
    // A busy server is no reason to doubt the address.
    message: `The server responded with HTTP ${status}${said}${[429, 503].includes(status) ? "" : ". Is the endpoint the right one?"}`,
    status,
    attempts,
  },
  requests: attempts,
});
const redirected = (place: string, status: number): Row => ({
  error: {
    name: "UnknownServiceError",
    message: `The server redirects to ${place} (HTTP ${status}), which is not followed: the signature holds for one host. If that place is right, give it as the endpoint.`,
    status,
    attempts: 1,
  },
  requests: 1,
});
const badToken = (what: string) => ({
  name: "PaginationError",
  message: `The service gave the NextToken ${what}. The listing cannot go on; the items given so far are whole pages.`,
});
const REPEATED = "a second time: following it would list the same pages for ever";
const refusedSignature: Row = {
  error: { name: "InvalidSignatureException", message: "Signature expired", status: 403, attempts: 1 },
  requests: 1,
};
const refreshable = { credentials: async () => ({ ...credentials }) };
const CUT =
  '{"ModelPackagingJobs":[{"JobName":"a","Status":"SUCCEEDED","CreationTimestamp":1757836800.123},{"JobName":"b","Status":"…';

const rows: Readonly<Record<ModeName, Row>> = {
  "connection refused": {
    error: { ...reset, message: `No complete response from {url}: ECONNREFUSED. ${ADVICE}`, code: "ECONNREFUSED" },
    requests: 0,
    pauses: [0, 0],
  },
  "closed after accept": { error: reset, requests: 3 },
  "reset before headers": { error: reset, requests: 3 },
  "reset in the body": { error: reset, requests: 3 },
  // This counts connections, and fetch opens a new one for one that was cut.
  "silent after accept": { ...silent, requests: [2, 3] },
  "silent after the request": silent,
  "silent after headers": silent,
  "silent in the body": silent,
  "one byte a second": silent,
  "pieces of one byte": { items: "ab", requests: 1 },
  "truncated JSON": unreadable(`(application/json): ${CUT}`),
  "truncated JSON once": { items: "ab", requests: 2 },
  "content length too long": { error: reset, requests: 3 },
  "content length too short": unreadable('(application/json): {"ModelPac'),
  "200 with HTML": unreadable("(text/html): <html><body>Welcome</body></html>"),
  "200 with an array": unreadable(`(application/json): [${CUT.slice(0, -2)}…`),
  "200 with null": unreadable("(application/json): null"),
  "empty 200": unreadable("(application/json), with an empty body"),
  "204": unreadable("(application/json), with an empty body", 204),
  "500 then success": { items: "ab", requests: 2 },
  "503 for ever": unknown(503, ", with an empty body", 3),
  "429 once, Retry-After in seconds": { items: "ab", requests: 2, pauses: [1000] },
  "429 once, Retry-After in decimals": { items: "ab", requests: 2, pauses: [40] },
  "429 once, Retry-After as a date": { items: "ab", requests: 2, pauses: [1000] },
  "429 once, x-amz-retry-after": { items: "ab", requests: 2, pauses: [40] },
  "429 once, negative Retry-After": { items: "ab", requests: 2 },
  "429 once, unreadable Retry-After": { items: "ab", requests: 2 },
  "429 once, without Retry-After": { items: "ab", requests: 2 },
  "429 for ever, Retry-After in seconds": {
    error: { ...throttled, retryAfter: 1, attempts: 2 },
    requests: 2,
    pauses: [1000],
    options: { maxAttempts: 2 },
  },
  "429 for ever, x-amz-retry-after": {
    error: { ...throttled, retryAfter: 0.04, attempts: 3 },
    requests: 3,
    pauses: [40, 40],
  },
  // Retry-after adds at most five seconds, which this call has not: it fails at once.
  "429 for ever, an hour to wait": {
    error: { ...throttled, retryAfter: 3600, attempts: 1 },
    requests: 1,
    options: { timeout: 4000 },
  },
  "429 of a proxy": unknown(429, ": Too many", 3),
  "repeated token": {
    items: "abab",
    error: { ...badToken(`"again" ${REPEATED}`), token: "again" },
    requests: 2,
  },
  "token cycle of 3": { items: "abcd", error: { ...badToken(`"one" ${REPEATED}`), token: "one" }, requests: 4 },
  "token that breaks the contract": {
    items: "ab",
    error: {
      ...badToken('"not-base-64", which breaks the contract: it must match ^[a-zA-Z0-9/+=]{0,2048}$'),
      token: "not-base-64",
    },
    requests: 1,
  },
  "token that is a number": {
    items: "ab",
    error: { ...badToken("2, which breaks the contract: it must be of type string"), token: 2 },
    requests: 1,
  },
  "null token": { items: "ab", requests: 1 },
  "empty token": { items: "ab", requests: 1 },
  "empty page with a token": { items: "ab", requests: 2 },
  "null list": { items: "ab", requests: 2 },
  "list that is an object": unreadable('(application/json): {"ModelPackagingJobs":{"a":1}}'),
  "null entries": { items: "ab", requests: 1 },
  "fault on the second page": {
    items: "ab",
    error: { name: "InternalServerException", message: "The service met a fault", status: 500, attempts: 3 },
    requests: 4,
  },
  redirect: redirected("http://elsewhere.invalid/", 307),
  "redirect to itself": redirected("/2020-11-20/projects/circuit-boards/modelpackagingjobs", 301),
  "clock one hour ahead, with Date": { items: "ab", requests: 2 },
  "clock one hour behind, with Date": { items: "ab", requests: 2 },
  "clock one hour ahead, without Date": refusedSignature,
  "clock one hour behind, without Date": refusedSignature,
  "expired credentials once": { items: "ab", requests: 2, options: refreshable },
  "expired credentials for ever": {
    error: {
      name: "ExpiredTokenException",
      message: "The security token included in the request is expired",
      status: 403,
      attempts: 2,
    },
    requests: 2,
    options: refreshable,
  },
  "a proxy's 502 page": unknown(502, ": <html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", 3),
  "10 MB error body": unknown(400, `: ${"x".repeat(120)}…`, 1),
  "page with a bottomless member": { items: "ab", requests: 1 },
  "bottomless error": unknown(400, ": deeply nested JSON", 1),
  "endless error body": unknown(400, `: ${"x".repeat(120)}…`, 1),
  // Client and server race: the client may use a connection while the server is closing it.
  "keep-alive closed between calls": { items: "abab", requests: [2, 3] },
  "keep-alive reset on reuse": { items: "abab", requests: [2, 3] },
  "not HTTP": noHttp("HPE_INVALID_CONSTANT"),
  "headers without end": noHttp("HPE_HEADER_OVERFLOW"),
  "broken chunks": noHttp("HPE_INVALID_CHUNK_SIZE"),
  "status 999": {
    error: {
      name: "NetworkError",
      message: `No complete response from {url}: HTTP has no status 999`,
      attempts: 1,
    },
    requests: 1,
  },
  "101 without being asked": { error: reset, requests: 3 },
};

const random = Math.random;
test.before(() => {
  Math.random = () => 0;
});
test.after(() => {
  Math.random = random;
});

function check(seen: Outcome, { items = "", error, requests, pauses = [] }: Row, path: string): void {
  assert.is(seen.items.join(""), items, path);
  if (error === undefined) assert.is(seen.error, undefined, path);
  else {
    assert.instance(seen.error, Error);
    const members = seen.error as unknown as Record<string, unknown>;
    assert.is(members.message, String(error.message).replace("{url}", seen.url), path);
    const { message: _, ...expected } = error;
    for (const [name, value] of Object.entries(expected)) assert.equal(members[name], value, `${name}, ${path}`);
    for (const name of ["code", "status", "retryAfter", "attempts"])
      assert.is(name in members, name in expected, `${name}, ${path}`);
  }
  const [fewest, most] = typeof requests === "number" ? [requests, requests] : requests;
  assert.ok(seen.requests >= fewest && seen.requests <= most, `${seen.requests} requests, ${path}`);
  const longer = (pause: number) => pause > 0;
  assert.equal(seen.pauses.filter(longer), pauses.filter(longer), path);
  assert.ok(seen.took < 10_000, `took ${seen.took} ms, ${path}`);
}

for (const [mode, row] of Object.entries(rows) as [ModeName, Row][])
  test(mode, async () => {
    const limits = { maxAttempts: 3, timeout: 8000, ...row.options };
    const all = Object.entries(paths).map(async ([path, way]) => {
      check(await outcomeOf(modes[mode], { ...limits, ...way }), row, path);
    });
    await Promise.all(all);
  });

test.run();
