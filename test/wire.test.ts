/** The request on the wire, also under tools that wrap or replace parts of node:http. */
import http from "node:http";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { InputError, signedFetch } from "../src/sigv4.ts";
import { clientOf, credentials, projectName, rejection } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { type SeenRequest, stubServer } from "./support/stub-server.ts";

const test = suite("the request on the wire");
test.after(closeServers);

const region = "us-east-1";
const server = await stubServer(({ url }) => (url.includes("/2020-11-20/") ? { body: "{}" } : {}));

/** The request that reaches the server. */
async function seen(work: () => PromiseLike<unknown>): Promise<SeenRequest> {
  const before = server.requests.length;
  await work();
  assert.is(server.requests.length, before + 1);
  return server.requests[before]!;
}

test("a request under a tracer is the same as without it, plus the tracer's headers", async () => {
  const { now } = Date;
  const { request } = http;
  Date.now = () => Date.UTC(2026, 10, 23, 21);
  try {
    const list = () => clientOf(server).listModelPackagingJobs({ projectName });
    const plain = await seen(list);
    // OpenTelemetry, dd-trace and X-Ray replace the function on the module, and add headers as members.
    http.request = ((options: http.RequestOptions, ...rest: [() => void]) =>
      request({ ...options, headers: { ...options.headers, traceparent: "00-1-2-01" } } as never, ...rest)) as never;
    const traced = await seen(list);
    const { traceparent, "amz-sdk-invocation-id": id, authorization, ...headers } = traced.headers;
    assert.is(traceparent, "00-1-2-01");
    const { "amz-sdk-invocation-id": plainId, authorization: plainAuthorization, ...plainHeaders } = plain.headers;
    assert.equal(headers, plainHeaders);
    assert.ok(id && plainId);
    const signedHeaders = (text = "") => text.replace(/Signature=.*/, "");
    assert.is(signedHeaders(authorization), signedHeaders(plainAuthorization));
  } finally {
    Date.now = now;
    http.request = request;
  }
});

test("a mock's response may have no reason phrase", async () => {
  const { request } = http;
  http.request = ((...given: Parameters<typeof request>) =>
    request(...given).prependListener("response", (message) => {
      // nock 13 has null here, and Node a text.
      message.statusMessage = null as never;
    })) as never;
  try {
    await seen(() => clientOf(server).listModelPackagingJobs({ projectName }));
  } finally {
    http.request = request;
  }
});

test("a POST, PUT or PATCH without a body has content-length 0, and other requests have none", async () => {
  const fetch = signedFetch({ service: "execute-api", region, credentials });
  for (const method of ["POST", "PUT", "PATCH", "GET", "DELETE"]) {
    const { headers } = await seen(() => fetch(`${server.url}/x`, { method }));
    assert.is(headers["content-length"], /^P/.test(method) ? "0" : undefined, method);
    assert.is(headers["transfer-encoding"], undefined, method);
  }
});

/** The signature of AWS's signer for a received request. */
async function signatureOf({ method, url, headers, body }: SeenRequest, service: string): Promise<string> {
  const [, names = ""] = /SignedHeaders=([^,]+)/.exec(String(headers.authorization)) ?? [];
  const signed = Object.fromEntries(names.split(";").map((name) => [name, String(headers[name])]));
  const options = { applyChecksum: false, uriEscapePath: service !== "s3" };
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, ...options });
  const [path = ""] = url.split("?");
  const date = String(headers["x-amz-date"]).replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5");
  const request = { method, protocol: "http:", hostname: "x", path, query: {}, headers: signed, body };
  const result = await signer.sign(request, {
    signableHeaders: new Set(names.split(";")),
    signingDate: new Date(date),
  });
  return String(result.headers.authorization).replace(/.*Signature=/, "");
}

const signatureIn = ({ headers }: SeenRequest) => String(headers.authorization).replace(/.*Signature=/, "");

test("the method on the wire is the signed one, whatever its case in the call", async () => {
  for (const options of [{}, { fetch: (request: Request) => fetch(request) }]) {
    const signed = signedFetch({ service: "execute-api", region, credentials, ...options });
    for (const method of ["patch", "Put", "post", "get"]) {
      const request = await seen(() => signed(`${server.url}/x`, { method, ...(method !== "get" && { body: "{}" }) }));
      assert.is(request.method, method.toUpperCase());
      assert.is(signatureIn(request), await signatureOf(request, "execute-api"), method);
    }
  }
});

test("the path of a request to S3 is signed as it is on the wire", async () => {
  const fetch = signedFetch({ service: "s3", region, credentials });
  for (const path of ["/b/my%20file.txt", "/b/a//b", "/b/100%25", "/b/%C3%A9%2Fx", "/b/~a_-.", "/b/%28x%29%2A"]) {
    const request = await seen(() => fetch(server.url + path));
    assert.is(request.url, path);
    assert.is(signatureIn(request), await signatureOf(request, "s3"), path);
  }
});

test("a request has x-amz-content-sha256 when its service wants it or the caller gives it", async () => {
  const hashOf = async (service: string, headers: Record<string, string> = {}) => {
    const fetch = signedFetch({ service, region, credentials });
    const request = await seen(() => fetch(`${server.url}/x`, { method: "POST", body: "{}", headers }));
    assert.match(String(request.headers.authorization), headers["x-amz-content-sha256"] ? /sha256;/ : /Signed/);
    return request.headers["x-amz-content-sha256"];
  };
  const ofBody = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
  for (const service of ["s3", "s3express", "aoss"]) assert.is(await hashOf(service), ofBody);
  assert.is(await hashOf("execute-api"), undefined);
  for (const value of ["UNSIGNED-PAYLOAD", ofBody])
    for (const service of ["aoss", "vpc-lattice-svcs"])
      assert.is(await hashOf(service, { "x-amz-content-sha256": value }), value);
  const error = await rejection(
    signedFetch({ service: "s3", region, credentials })(server.url, { headers: { "x-amz-content-sha256": ofBody } }),
  );
  assert.ok(error instanceof InputError && /SHA-256 of the body/.test(error.message));
});

test.run();
