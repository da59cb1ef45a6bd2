import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { listingOf } from "./support/endpoint-jobs.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { KEY, NOW, serveTable } from "./support/endpoint-table.ts";
import { ask, PING } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

const credentials = { ...KEY, sessionToken: "session/token+of==" };

const test = suite<{ endpoint: Endpoint; lines: string[] }>("request log");

test.after(closeServers);
test.before(async (context) => {
  context.lines = [];
  const take = (line: string): void => void context.lines.push(line);
  context.endpoint = await serveTable({ credentials, logger: { info: take, error: take } });
});
test.before.each(({ lines }) => {
  lines.length = 0;
});
test.after(({ endpoint }) => endpoint.close());

/** The one line of a request, without what differs from run to run. */
async function lineOf({ endpoint, lines }: { endpoint: Endpoint; lines: string[] }, bytes: string) {
  const { headers } = await ask(endpoint.port, bytes);
  assert.is(lines.length, 1);
  assert.not.match(lines[0]!, /\n/);
  const { requestId, ms, ...rest } = JSON.parse(lines[0]!);
  assert.is(requestId, headers.get("x-amzn-requestid"));
  assert.ok(ms >= 0 && ms < 60_000);
  return rest;
}
const time = new Date(NOW).toISOString();
const signed = (endpoint: Endpoint, target: string): string =>
  signedRequest({ target }, { port: endpoint.port, credentials, now: NOW });

test("tells of a page: who, what, how it ended", async (context) => {
  const path = listingOf("boards");
  assert.equal(await lineOf(context, signed(context.endpoint, `${path}?maxResults=1`)), {
    time,
    method: "GET",
    path,
    keyId: "AKIDEXAMPLE",
    status: 200,
  });
});

test("tells of an error by its name", async (context) => {
  const path = listingOf("nowhere");
  const expected = { time, method: "GET", path, keyId: "AKIDEXAMPLE", status: 404, error: "ResourceNotFoundException" };
  assert.equal(await lineOf(context, signed(context.endpoint, path)), expected);
});

test("names a key only once its signature is proven", async (context) => {
  const path = listingOf("boards");
  const forged = signed(context.endpoint, path).replace(/Signature=.*/, `Signature=${"0".repeat(64)}`);
  assert.equal(await lineOf(context, forged), {
    time,
    method: "GET",
    path,
    status: 403,
    error: "InvalidSignatureException",
  });
});

test("tells of what never became a request", async (context) => {
  assert.equal(await lineOf(context, "hello\r\n\r\n"), { time, status: 400, error: "MalformedHttpRequestException" });
});

test("tells of a health check", async (context) => {
  assert.equal(await lineOf(context, PING), {
    time,
    method: "GET",
    path: "/ping",
    status: 200,
  });
});

test("tells once of a request whose body breaks off", async (context) => {
  const signer = { port: context.endpoint.port, credentials, now: NOW };
  const bytes = signedRequest({ method: "POST", target: "/", body: "1234567890" }, signer).slice(0, -5);
  const expected = { time, method: "POST", path: "/", status: 400, error: "MalformedHttpRequestException" };
  assert.equal(await lineOf(context, bytes), expected);
});

test("tells of a caller who went away", async ({ endpoint, lines }) => {
  const socket = connect(endpoint.port, "127.0.0.1");
  const signer = { port: endpoint.port, credentials, now: NOW };
  const headers = [["Expect", "100-continue"]] as const;
  // Half of a signed body: an unsigned one is not waited for.
  socket.write(signedRequest({ method: "POST", target: "/", headers, body: "1234567890" }, signer).slice(0, -5));
  // By its `100 Continue` the endpoint shows that it is waiting for the rest.
  await once(socket, "data");
  socket.resetAndDestroy();
  while (lines.length === 0) await sleep(1);
  const { error, method, status } = JSON.parse(lines[0]!);
  assert.equal([error, method, status], ["RequestAbortedException", "POST", 400]);
});

test("cuts a long path, and stays one line whatever is in it", async (context) => {
  const { path } = await lineOf(
    context,
    `GET /${'%0a\u007f"\\'.repeat(1000)} HTTP/1.1\r\nHost: a\r\n\r\n`.replace(/\u007f/g, ""),
  );
  assert.is(path.length, 256);
});

test("holds no secret, token or signature", async ({ endpoint, lines }) => {
  const path = listingOf("boards");
  const page = await ask(endpoint.port, signed(endpoint, `${path}?maxResults=1`));
  const { NextToken } = JSON.parse(page.body);
  const request = signed(endpoint, `${path}?maxResults=1&nextToken=${encodeURIComponent(NextToken)}`);
  for (const text of [
    request,
    request.replace("maxResults=1", "maxResults=2"),
    request.replace("Signature=", "Signed="),
  ])
    await ask(endpoint.port, text);
  const log = lines.join("\n");
  assert.is(lines.length, 4);
  const signature = /Signature=(\w+)/.exec(request)![1]!;
  for (const secret of [
    KEY.secretAccessKey,
    credentials.sessionToken,
    signature,
    NextToken,
    encodeURIComponent(NextToken),
    "nextToken",
  ]) {
    assert.not.ok(log.includes(secret), secret);
  }
});

test("that cannot be written costs no response, and does not go unheard", async () => {
  const throwing = () => {
    throw new Error("the log is full");
  };
  const rejecting = async () => throwing();
  const warnings: string[] = [];
  const hear = ({ message }: Error): void => void warnings.push(message);
  process.on("warning", hear);
  for (const log of [throwing, rejecting]) {
    const endpoint = await serveTable({ logger: { info: log, error: log } });
    assert.is((await ask(endpoint.port, PING)).status, 200);
    assert.is((await ask(endpoint.port, "hello\r\n\r\n")).status, 400);
    await endpoint.close();
  }
  process.off("warning", hear);
  assert.equal(warnings, Array(4).fill("The logger failed: Error: the log is full"));
});

test.run();
