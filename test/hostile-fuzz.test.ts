import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { listingOf } from "./support/endpoint-jobs.ts";
import { type Signer, signedRequest } from "./support/endpoint-signed.ts";
import { KEY, NOW, serveTable } from "./support/endpoint-table.ts";
import { ask, exchange, parseResponses } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

/** How many requests to make up; CI asks for 20000. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1500);

/** Parts of good requests, and parts that no request should have. */
const word = fc.oneof(
  fc.constantFrom(
    ..."GET POST HEAD CONNECT HTTP/1.1 HTTP/1.0 Host Authorization X-Amz-Date Content-Length Transfer-Encoding".split(
      " ",
    ),
    ..."chunked gzip close keep-alive upgrade 100-continue AWS4-HMAC-SHA256 Credential= SignedHeaders=host".split(" "),
    ..."Signature=0 /ping .. %2e %2F %00 %zz ? & = maxResults nextToken 0 -1 99999999999 __proto__".split(" "),
    listingOf("boards"),
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\n",
    " ",
    "\t",
    ": ",
    ",",
    ";",
    "\0",
    "\x7f",
    "\u00e9",
    "\u{1f600}",
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 8 }),
);

/** A request whose signature is right, whatever it asks for. */
const signed = fc.record({
  method: fc.constantFrom("GET", "GET", "GET", "POST", "DELETE", "OPTIONS"),
  path: fc.oneof(
    { weight: 3, arbitrary: fc.constant(listingOf("boards")) },
    fc.webSegment().map(listingOf),
    fc.array(fc.webSegment(), { maxLength: 5 }).map((segments) => `/${segments.join("/")}`),
  ),
  query: fc.oneof(
    fc.constantFrom("", "maxResults=1", "maxResults=101", "nextToken="),
    fc.webQueryParameters(),
    fc
      .array(fc.tuple(fc.constantFrom("maxResults", "nextToken", "x"), fc.webQueryParameters()), { maxLength: 3 })
      .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("&")),
  ),
  body: fc.oneof(fc.constant(""), fc.constant(""), fc.json(), fc.string({ maxLength: 50 })),
});

/** A good request with pieces cut out, doubled or put in. */
const edits = fc.array(
  fc.record({ at: fc.nat(600), cut: fc.nat(12), put: fc.oneof(fc.constant(""), word), twice: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
);

const test = suite<{ endpoint: Endpoint; signer: Signer; log: string[] }>(`hostile bytes (${RUNS} requests)`);

test.after(closeServers);
test.before(async (context) => {
  context.log = [];
  const error = (line: string): void => {
    context.log.push(line);
  };
  context.endpoint = await serveTable({ logger: { info: () => undefined, error } });
  context.signer = { port: context.endpoint.port, credentials: KEY, now: NOW };
});
test.after(({ endpoint }) => endpoint.close());

test("bring no crash, no hang, no fault of the endpoint's own, and no stack trace", async ({
  endpoint,
  signer,
  log,
}) => {
  const good = signedRequest({ target: `${listingOf("boards")}?maxResults=2` }, signer);
  const edited = edits.map((list) =>
    list.reduce((text, { at, cut, put, twice }) => {
      const index = at % (text.length + 1);
      return (
        text.slice(0, index) +
        put +
        (twice ? text.slice(index, index + cut) : "") +
        text.slice(twice ? index : index + cut)
      );
    }, good),
  );
  const requests = fc.oneof(
    edited,
    {
      weight: 3,
      arbitrary: signed.map(({ method, path, query, body }) =>
        signedRequest({ method, target: `${path}?${query}`, body }, signer),
      ),
    },
    fc.array(word, { maxLength: 30 }).map((words) => words.join("")),
    fc.array(word, { maxLength: 12 }).map((words) => `GET ${words.join("")} HTTP/1.1\r\nHost: a\r\n\r\n`),
    fc.array(word, { maxLength: 12 }).map((words) => `GET / HTTP/1.1\r\nHost: a\r\nX: ${words.join("")}\r\n\r\n`),
    fc
      .array(fc.tuple(word, word), { maxLength: 6 })
      .map((headers) => `GET / HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  );

  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      // The runner's time limit is what a hang runs into.
      const text = await exchange(endpoint.port, request);
      assert.not.match(text, /\n\s+at |node:|\.ts:\d/);
      for (const { status, body } of parseWithHeads(text)) {
        seen.set(status, (seen.get(status) ?? 0) + 1);
        assert.ok(status < 500, `status ${status} to ${JSON.stringify(request)}: ${body}`);
      }
    }),
    { numRuns: RUNS },
  );
  assert.equal(log, []);
  // The made-up requests reached every depth: pages, misuse, refusals, unknown paths, and bytes that are no HTTP.
  for (const status of [200, 400, 403, 404]) assert.ok((seen.get(status) ?? 0) > RUNS / 100, `${status}: ${[...seen]}`);
  assert.is((await ask(endpoint.port, good)).status, 200);
});

/** Responses to HEAD say a length and send nothing, and `100 Continue` says no length. */
function parseWithHeads(text: string): { status: number; body: string }[] {
  const whole = text.replaceAll("HTTP/1.1 100 Continue\r\n\r\n", "");
  try {
    return parseResponses(whole);
  } catch {
    return [...whole.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => ({ status: Number(status), body: whole }));
  }
}

test.run();
