import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { listingOf } from "./support/endpoint-jobs.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { KEY, NOW, type Row, serveTable, testRows } from "./support/endpoint-table.ts";
import { ask, exchange, parseResponses } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

const target = listingOf("boards");
const NAME_PATTERN = "^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$";
const TOKEN_PATTERN = "^[a-zA-Z0-9/+=]{0,2048}$";

const malformed = (name: string, text: string): Row => ({
  name,
  send: () => text,
  status: 400,
  error: "MalformedHttpRequestException",
  message: "The request is not well-formed HTTP.",
});
const unknown = (name: string, send: { method?: string; target: string }): Row => ({
  name,
  send,
  status: 404,
  error: "UnknownOperationException",
  message: `No operation is served at ${send.method ?? "GET"} ${send.target}.`,
});
const unreadable = (name: string, query: string, message: string): Row => ({
  name,
  send: { target: `${target}?${query}` },
  status: 400,
  error: "SerializationException",
  message,
});
const violated = (name: string, path: string, ...faults: string[]): Row => ({
  name,
  send: { target: path },
  status: 400,
  error: "ValidationException",
  message: `${faults.length} validation error${faults.length === 1 ? "" : "s"} detected: ${faults.join("; ")}`,
});
const broken = (value: string, member: string, rule: string): string =>
  `Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`;
const tooLarge = (name: string, send: Row["send"], message: string): Row => ({
  name,
  send,
  status: 413,
  error: "RequestEntityTooLargeException",
  message,
});

const rows: readonly Row[] = [
  malformed("no HTTP at all", "hello\r\n\r\n"),
  malformed("a TLS handshake", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
  malformed("HTTP/0.9", "GET /\r\n"),
  malformed("HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  malformed("HTTP/3.0", "GET / HTTP/3.0\r\nHost: a\r\n\r\n"),
  malformed("an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
  malformed("a method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
  malformed("a space in the path", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
  malformed("a byte above ASCII in the path", "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n"),
  malformed("a NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"),
  malformed("a header without a colon", "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"),
  malformed("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
  malformed("a header that goes on in the next line", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
  malformed("a length that is no number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ten\r\n\r\n"),
  malformed("a negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
  malformed("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na"),
  malformed(
    "a length and chunks",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ),
  malformed("chunks of no size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
  malformed("a head that never ends", "GET / HTTP/1.1\r\nHost: a\r\n"),
  malformed("CONNECT", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n"),
  {
    name: "an absolute request target",
    send: () => "GET http://127.0.0.1/ping HTTP/1.1\r\nHost: a\r\n\r\n",
    status: 400,
    error: "MalformedHttpRequestException",
    message: "The request target must begin with a slash.",
  },
  {
    name: "OPTIONS *",
    send: () => "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    status: 400,
    error: "MalformedHttpRequestException",
    message: "The request target must begin with a slash.",
  },
  tooLarge(
    "a head of over 16 KiB",
    { target, headers: [["X-Long", "x".repeat(16_384)]] },
    "The head of the request is longer than 16384 bytes.",
  ),
  tooLarge(
    "a path of over 16 KiB",
    { target: listingOf("b".repeat(16_384)) },
    "The head of the request is longer than 16384 bytes.",
  ),
  tooLarge(
    "a body of over 1 MiB",
    { method: "POST", target, body: "x".repeat(1_500_000) },
    "The body of the request is longer than 1048576 bytes.",
  ),

  unknown("the root", { target: "/" }),
  unknown("another path", { target: "/2020-11-20/projects" }),
  unknown("another version", { target: "/2020-11-21/projects/boards/modelpackagingjobs" }),
  unknown("POST", { method: "POST", target }),
  unknown("DELETE", { method: "DELETE", target }),
  unknown("a slash at the end", { target: `${target}/` }),
  unknown("two slashes", { target: `/${target}` }),
  unknown("an empty project", { target: listingOf("") }),
  unknown("a project called ..", { target: listingOf("..") }),
  unknown("a project called .", { target: listingOf(".") }),
  unknown("a way round by dot segments", { target: "/2020-11-20/projects/x/../boards/modelpackagingjobs" }),
  unknown("an encoded letter in the path's own words", { target: "/2020-11-20/projects/boards/modelpackagingj%6Fbs" }),
  unknown("another case", { target: "/2020-11-20/Projects/boards/modelpackagingjobs" }),
  unknown("more path", { target: `${target}/job-1` }),

  violated(
    "an encoded slash",
    listingOf("a%2Fb"),
    broken("a/b", "projectName", `satisfy regular expression pattern: ${NAME_PATTERN}`),
  ),
  violated(
    "an encoded ..",
    listingOf("%2e%2e"),
    broken("..", "projectName", `satisfy regular expression pattern: ${NAME_PATTERN}`),
  ),
  violated(
    "an encoded NUL",
    listingOf("a%00"),
    broken("a\0", "projectName", `satisfy regular expression pattern: ${NAME_PATTERN}`),
  ),
  violated(
    "an encoded line end",
    listingOf("a%0A"),
    broken("a\n", "projectName", `satisfy regular expression pattern: ${NAME_PATTERN}`),
  ),
  violated(
    "a quote",
    listingOf("a'"),
    broken("a'", "projectName", `satisfy regular expression pattern: ${NAME_PATTERN}`),
  ),
  violated(
    "256 letters",
    listingOf("b".repeat(256)),
    broken("b".repeat(256), "projectName", "have length less than or equal to 255"),
  ),
  violated(
    "maxResults of 0",
    `${target}?maxResults=0`,
    broken("0", "maxResults", "have value greater than or equal to 1"),
  ),
  violated(
    "maxResults of 101",
    `${target}?maxResults=101`,
    broken("101", "maxResults", "have value less than or equal to 100"),
  ),
  violated(
    "maxResults below 0",
    `${target}?maxResults=-5`,
    broken("-5", "maxResults", "have value greater than or equal to 1"),
  ),
  violated(
    "a token of other characters",
    `${target}?nextToken=a_b`,
    broken("a_b", "nextToken", `satisfy regular expression pattern: ${TOKEN_PATTERN}`),
  ),
  violated(
    "a plus sign that was not encoded",
    `${target}?nextToken=a+b`,
    broken("a b", "nextToken", `satisfy regular expression pattern: ${TOKEN_PATTERN}`),
  ),
  violated(
    "a token of 2049 characters",
    `${target}?nextToken=${"a".repeat(2049)}`,
    broken("a".repeat(2049), "nextToken", "have length less than or equal to 2048"),
    broken("a".repeat(2049), "nextToken", `satisfy regular expression pattern: ${TOKEN_PATTERN}`),
  ),
  violated(
    "a token that nobody gave out",
    `${target}?nextToken=abcd`,
    broken("abcd", "nextToken", "be a token that a previous page of this listing gave out"),
  ),
  violated(
    "everything wrong at once",
    `${listingOf("-")}?maxResults=0&nextToken=%3F`,
    broken("-", "projectName", `satisfy regular expression pattern: ${NAME_PATTERN}`),
    broken("0", "maxResults", "have value greater than or equal to 1"),
    broken("?", "nextToken", `satisfy regular expression pattern: ${TOKEN_PATTERN}`),
  ),

  ...[
    "ten",
    "",
    "true",
    "1.001",
    "1.0",
    "2ABC",
    "0x42",
    "1e1",
    "Infinity",
    "NaN",
    "2147483648",
    "-2147483649",
    "9".repeat(400),
  ].map((text) =>
    unreadable(
      `maxResults of '${text.slice(0, 12)}'`,
      `maxResults=${text}`,
      `'${text}' at 'maxResults' cannot be read as an integer.`,
    ),
  ),
  unreadable("maxResults with a space", "maxResults=+5", "' 5' at 'maxResults' cannot be read as an integer."),
  unreadable("maxResults without a value", "maxResults", "'' at 'maxResults' cannot be read as an integer."),
  unreadable("maxResults twice", "maxResults=1&maxResults=1", "'maxResults' is given more than once."),
  unreadable("maxResults twice, once encoded", "maxResults=1&max%52esults=1", "'maxResults' is given more than once."),
  ...["MaxResults", "projectName", "__proto__", "constructor", "", "max results"].map((name) =>
    unreadable(
      `a parameter called '${name}'`,
      `${encodeURIComponent(name)}=5`,
      `'${name}' is not known in the query: ListModelPackagingJobs takes maxResults, nextToken there.`,
    ),
  ),
  unreadable("a broken escape", "nextToken=%zz", "'%zz' at 'nextToken' is not percent-encoded UTF-8."),
  unreadable("an escape that is not UTF-8", "nextToken=%ff", "'%ff' at 'nextToken' is not percent-encoded UTF-8."),
  unreadable("a broken escape in a name", "%zz=1", "'%zz' at '%zz' is not percent-encoded UTF-8."),
  {
    name: "a broken escape in the path",
    send: { target: listingOf("%zz") },
    status: 400,
    error: "SerializationException",
    message: "'%zz' at 'projectName' is not percent-encoded UTF-8.",
  },
  {
    name: "a body on a GET",
    send: { target, body: "{}" },
    status: 400,
    error: "SerializationException",
    message: "ListModelPackagingJobs takes no body.",
  },
  {
    name: "a project that is not there",
    send: { target: listingOf("nowhere") },
    status: 404,
    error: "ResourceNotFoundException",
    message: "The project nowhere was not found.",
  },
];

const test = suite<{ endpoint: Endpoint }>("hostile requests");

test.after(closeServers);
test.before(async (context) => {
  context.endpoint = await serveTable();
});
test.after(({ endpoint }) => endpoint.close());
testRows(test, rows);

const signer = (endpoint: Endpoint) => ({ port: endpoint.port, credentials: KEY, now: NOW });

test("by HEAD get a response without a body", async ({ endpoint }) => {
  const text = await exchange(endpoint.port, signedRequest({ method: "HEAD", target }, signer(endpoint)));
  assert.match(text, /^HTTP\/1\.1 404 Not Found\r\n/);
  assert.match(text, /\r\n\r\n$/);
});

test("with an expectation that cannot be met get a response", async ({ endpoint }) => {
  const response = await ask(
    endpoint.port,
    signedRequest({ target, headers: [["Expect", "200-ok"]] }, signer(endpoint)),
  );
  assert.is(response.status, 200);
});

test("that offer to upgrade get a response as without it", async ({ endpoint }) => {
  const headers = [
    ["Connection", "Upgrade"],
    ["Upgrade", "h2c"],
  ] as const;
  assert.is((await ask(endpoint.port, signedRequest({ target, headers }, signer(endpoint)))).status, 200);
});

test("with many headers have none of them overlooked", async ({ endpoint }) => {
  const many = "a:\r\n".repeat(3000);
  const text = signedRequest({ target }, signer(endpoint)).replace("\r\n", `\r\n${many}`);
  const { status, body } = await ask(endpoint.port, text);
  assert.is(status, 413);
  assert.match(body, "The request has more than 100 headers.");
});

test("in HTTP/1.0 get a response", async ({ endpoint }) => {
  const text = signedRequest({ target }, signer(endpoint)).replace("HTTP/1.1", "HTTP/1.0");
  assert.is((await ask(endpoint.port, text)).status, 200);
});

test("in a pipeline get responses in order, and a broken one after them", async ({ endpoint }) => {
  const page = signedRequest({ target }, signer(endpoint));
  const other = signedRequest({ target: listingOf("nowhere") }, signer(endpoint));
  const responses = parseResponses(await exchange(endpoint.port, `${page}${other}${page}BREW / HTTP/1.1\r\n\r\n`));
  assert.equal(
    responses.map(({ status }) => status),
    [200, 404, 200, 400],
  );
});

test("without a byte get no response", async ({ endpoint }) => {
  assert.is(await exchange(endpoint.port, ""), "");
});

test.run();
