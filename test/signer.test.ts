/** The signer against @smithy/signature-v4. */
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sign } from "../src/signing/signer.ts";

const test = suite("signer");

const headerName = fc.stringMatching(/^x-[a-z]{1,10}$/);
const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);
const segment = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => text !== "." && text !== "..");
const requests = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
  /** A path on the wire, encoded once. The suite covers empty segments. */
  path: fc
    .array(segment, { maxLength: 4 })
    .map((parts) => `/${parts.filter(Boolean).map(encodeURIComponent).join("/")}`),
  query: fc.dictionary(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
    {
      maxKeys: 5,
    },
  ),
  headers: fc.dictionary(headerName, headerValue, { maxKeys: 4 }),
  body: fc.option(fc.uint8Array({ maxLength: 64 }), { nil: undefined }),
  secretAccessKey: fc.string({ minLength: 1, maxLength: 40 }),
  sessionToken: fc.option(fc.stringMatching(/^[A-Za-z0-9/+=]{1,60}$/), { nil: undefined }),
  region: fc.constantFrom("us-east-1", "eu-central-1"),
  service: fc.constantFrom("lookoutvision", "execute-api", "lambda"),
  date: fc.date({ min: new Date("2015-01-01"), max: new Date("2035-01-01"), noInvalidDate: true }),
});

test("the signer agrees with @smithy/signature-v4 on random requests", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, query, headers, body, region, service, date, ...keys }) => {
      const { secretAccessKey, sessionToken } = keys;
      const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey, ...(sessionToken && { sessionToken }) };
      const search = Object.entries(query)
        .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
        .join("&");
      const all = { ...headers, host: "127.0.0.1:4567" };
      const ours = sign(
        { method, path, query: search, headers: all, body },
        { service, region },
        credentials,
        date.getTime(),
      );

      // Without x-amz-content-sha256, which the signer does not send for this service.
      const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });
      const theirs = await signer.sign(
        {
          method,
          protocol: "http:",
          hostname: "127.0.0.1",
          port: 4567,
          path,
          query,
          headers: all,
          ...(body && { body }),
        },
        { signingDate: date },
      );
      assert.is(ours.authorization, theirs.headers.authorization);
      assert.is(ours["x-amz-date"], theirs.headers["x-amz-date"]);
      assert.is(ours["x-amz-security-token"], theirs.headers["x-amz-security-token"]);
    }),
    { numRuns: 500 },
  );
});

test("an encoded path is encoded a second time in the canonical request", () => {
  const request = { method: "GET", query: "", headers: { host: "api" } };
  const scope = { service: "execute-api", region: "us-east-1" };
  const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  const signature = (path: string) => sign({ ...request, path }, scope, keys, 0).authorization;
  assert.is.not(signature("/projects/a%2Fb/jobs"), signature("/projects/a/b/jobs"));
});

test.run();
