/** Signatures that the endpoint verifies over HTTP: which changes to a request it refuses. */
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import aws4 from "aws4";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, openStore } from "../src/endpoint/index.ts";
import { listingOf, putJobs } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { basicDate, type Signer, signedRequest } from "./support/endpoint-signed.ts";
import { KEY, NOW, serveTable } from "./support/endpoint-table.ts";
import { ask } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

const target = `${listingOf("boards")}?maxResults=1&nextToken=`;
const TOKEN = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmx==";

const test = suite<{ endpoint: Endpoint; signer: Signer }>("signatures over HTTP");

test.after(closeServers);
test.before(async (context) => {
  context.endpoint = await serveTable();
  context.signer = { port: context.endpoint.port, credentials: KEY, now: NOW };
});
test.after(({ endpoint }) => endpoint.close());

test("a request with one signed character changed is refused", async ({ endpoint, signer }) => {
  const token = JSON.parse((await ask(endpoint.port, signedRequest({ target }, signer))).body).NextToken as string;
  const request = { target: target + encodeURIComponent(token), headers: [["X-Extra", "one two"]] as const };
  const good = signedRequest(request, signer);
  assert.is((await ask(endpoint.port, good)).status, 200);

  // The method, path, query and version, the values of host, date and the extra header, and the signature.
  const places = [/^GET \S+/, /(?<=Host: ).*/, /(?<=X-Amz-Date: ).*/, /(?<=X-Extra: ).*/, /(?<=Signature=)\w+/].flatMap(
    (part) => {
      const { index, 0: text } = part.exec(good)!;
      return Array.from({ length: text.length }, (_, at) => index + at);
    },
  );
  const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), printable, async (at, to) => {
      const from = good[at]!;
      // A hex digit of an escape means the same byte in upper and lower case.
      const sameByte = from.toLowerCase() === to.toLowerCase() && /%.?$/.test(good.slice(at - 2, at));
      fc.pre(from !== to && !sameByte);
      const { status } = await ask(endpoint.port, good.slice(0, at) + to + good.slice(at + 1));
      assert.ok(status >= 400 && status < 500, `${status} after ${from} became ${to} at ${at}`);
    }),
    { numRuns: 1000 },
  );
});

test("a request is refused when a signed header is removed, or its value moved to another header", async ({
  endpoint,
  signer,
}) => {
  const good = signedRequest(
    {
      target,
      headers: [
        ["X-A", "1"],
        ["X-B", "2"],
      ],
    },
    signer,
  );
  assert.is((await ask(endpoint.port, good)).status, 200);
  for (const bad of [good.replace("X-B: 2\r\n", ""), good.replace("X-A: 1\r\nX-B: 2", "X-A: 2\r\nX-B: 1")]) {
    assert.is((await ask(endpoint.port, bad)).status, 403);
  }
});

test("an unsigned header may be added or changed", async ({ endpoint, signer }) => {
  const good = signedRequest({ target }, signer);
  assert.is((await ask(endpoint.port, good.replace("\r\n\r\n", "\r\nVia: 1.1 proxy\r\n\r\n"))).status, 200);
});

test("white space around and inside a signed value may change", async ({ endpoint, signer }) => {
  const good = signedRequest({ target, headers: [["X-A", "one two"]] }, signer);
  assert.is((await ask(endpoint.port, good.replace("one two", "  one  \t two "))).status, 200);
  assert.is((await ask(endpoint.port, good.replace("one two", "onetwo"))).status, 403);
});

test("a value beyond ASCII is signed as UTF-8", async ({ endpoint, signer }) => {
  const good = signedRequest({ target, headers: [["X-A", "Löt\u00a0brücke"]] }, signer);
  assert.is((await ask(endpoint.port, good)).status, 200);
  assert.is((await ask(endpoint.port, good.replace("\u00a0", " "))).status, 403);
});

test("15 minutes of skew are allowed either way", async ({ endpoint, signer }) => {
  for (const minutes of [-15, 15]) {
    const text = signedRequest({ target }, { ...signer, now: NOW + minutes * 60_000 });
    assert.is((await ask(endpoint.port, text)).status, 200, `${minutes} minutes`);
  }
});

test("a request signed before midnight is accepted after it", async () => {
  const midnight = Date.UTC(2026, 0, 16);
  const endpoint = await serveTable({ clock: () => midnight });
  for (const now of [midnight - 60_000, midnight + 60_000, midnight - 60_000]) {
    const text = signedRequest({ target }, { port: endpoint.port, credentials: KEY, now });
    assert.is((await ask(endpoint.port, text)).status, 200, basicDate(now));
  }
  await endpoint.close();
});

test("Date stands in for X-Amz-Date, in either of its formats", async ({ endpoint, signer }) => {
  for (const value of [new Date(NOW).toUTCString(), basicDate(NOW)]) {
    const good = signedRequest({ target, dateHeader: ["Date", value] }, signer);
    assert.is((await ask(endpoint.port, good)).status, 200, value);
  }
  const other = signedRequest({ target, dateHeader: ["Date", new Date(NOW).toISOString()] }, signer);
  assert.is((await ask(endpoint.port, other)).headers.get("x-amzn-errortype"), "IncompleteSignatureException");
  const unsigned = signedRequest({ target, dateHeader: ["Date", basicDate(NOW)] }, signer).replace("date;host", "host");
  assert.match((await ask(endpoint.port, unsigned)).body, /'Date' must be a 'SignedHeader'/);
});

test("a key with a session token is accepted with its token alone, signed or unsigned", async () => {
  const credentials = { ...KEY, sessionToken: TOKEN };
  const endpoint = await serveTable({ credentials });
  const signer = { port: endpoint.port, now: NOW };
  const signedToken = signedRequest({ target }, { ...signer, credentials });
  const noToken = signedRequest({ target }, { ...signer, credentials: KEY });
  const addedAfter = noToken.replace("\r\n\r\n", `\r\nX-Amz-Security-Token: ${TOKEN}\r\n\r\n`);
  const wrongToken = noToken.replace("\r\n\r\n", `\r\nX-Amz-Security-Token: ${TOKEN}x\r\n\r\n`);
  const outcomes = [];
  for (const text of [signedToken, addedAfter, noToken, wrongToken]) {
    const { status, headers } = await ask(endpoint.port, text);
    outcomes.push([status, headers.get("x-amzn-errortype")]);
  }
  assert.equal(outcomes, [
    [200, undefined],
    [200, undefined],
    [403, "UnrecognizedClientException"],
    [403, "UnrecognizedClientException"],
  ]);
  await endpoint.close();
});

test("expired credentials are refused, and the error says so for a right signature only", async () => {
  let now = NOW;
  const endpoint = await serveTable({ credentials: { ...KEY, expiration: new Date(NOW + 1000) }, clock: () => now });
  const send = async (secretAccessKey: string) => {
    const text = signedRequest({ target }, { port: endpoint.port, now, credentials: { ...KEY, secretAccessKey } });
    const { status, headers } = await ask(endpoint.port, text);
    return [status, headers.get("x-amzn-errortype")];
  };
  assert.equal(await send(KEY.secretAccessKey), [200, undefined]);
  now += 1000;
  assert.equal(await send(KEY.secretAccessKey), [403, "ExpiredTokenException"]);
  assert.equal(await send("another"), [403, "InvalidSignatureException"]);
  await endpoint.close();
});

const projectName = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,40}$/);
const query = fc.record(
  {
    maxResults: fc.integer({ min: -5, max: 200 }).map(String),
    nextToken: fc.string({ unit: "grapheme", maxLength: 30 }),
    "a b": fc.string(),
  },
  { requiredKeys: [] },
);

test("every signature of @smithy/signature-v4 and aws4 is accepted", async () => {
  const store = await openStore();
  await putJobs(store, "boards", 1);
  const endpoint = await serve({ store, credentials: KEY });
  const hostname = "127.0.0.1";
  const smithy = new SignatureV4({ credentials: KEY, region: "us-east-1", service: "lookoutvision", sha256: Sha256 });

  const check = async (signed: Record<string, string>, path: string): Promise<void> => {
    const lines = Object.entries(signed).map(([name, value]) => `${name}: ${value}\r\n`);
    const { status, body } = await ask(endpoint.port, `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
    // The request may be invalid or name an unknown project: only its signature counts here.
    assert.ok(status !== 403, `${status} ${body} to ${path}`);
  };
  await fc.assert(
    fc.asyncProperty(projectName, query, fc.boolean(), async (project, parameters, bySmithy) => {
      const path = listingOf(project);
      const pairs = Object.entries(parameters);
      const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
      if (bySmithy) {
        const headers = { host: `${hostname}:${endpoint.port}` };
        const request = { method: "GET", protocol: "http:", hostname, path, query: Object.fromEntries(pairs), headers };
        await check((await smithy.sign(request)).headers, `${path}?${text}`);
      } else {
        const request = {
          service: "lookoutvision",
          region: "us-east-1",
          path: `${path}?${text}`,
          headers: { Host: `${hostname}:${endpoint.port}` },
        };
        await check(aws4.sign(request, KEY).headers as Record<string, string>, request.path);
      }
    }),
    { numRuns: 300 },
  );
  await endpoint.close();
});

test.run();
