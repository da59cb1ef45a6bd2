import { suite } from "uvu";
import type { Endpoint } from "../src/endpoint/index.ts";
import { listingOf } from "./support/endpoint-jobs.ts";
import { basicDate, type Signer, signedRequest, type Unsigned } from "./support/endpoint-signed.ts";
import { KEY, NOW, type Row, serveTable, testRows } from "./support/endpoint-table.ts";
import { closeServers } from "./support/open-servers.ts";

const target = listingOf("boards");
const mismatchOf = (host: string): string =>
  `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details. The signature covers the Host header, which ${host}: a proxy must not change it.`;
const MISMATCH: Row["message"] = ({ port }) => mismatchOf(`arrived as '127.0.0.1:${port}'`);

/** A good request, with a part of its text replaced after signing. */
const altered =
  (part: string | RegExp, by: string, request: Unsigned = { target }) =>
  (signer: Signer): string => {
    const text = signedRequest(request, signer);
    if (text.search(part) < 0) throw new Error(`Nothing to replace: ${part}`);
    return text.replace(part, by);
  };

/** A good request by another signer, or of another time. */
const signedBy =
  (change: Partial<Signer>, request: Unsigned = { target }) =>
  (signer: Signer): string =>
    signedRequest(request, { ...signer, ...change });

const refused =
  (error: string) =>
  (name: string, send: Row["send"], message: Row["message"]): Row => ({ name, send, status: 403, error, message });
const missing = refused("MissingAuthenticationTokenException");
const incomplete = refused("IncompleteSignatureException");
const invalid = refused("InvalidSignatureException");
const unrecognized = (name: string, send: Row["send"]): Row =>
  refused("UnrecognizedClientException")(name, send, "The security token included in the request is invalid.");

const minutes = (count: number): number => NOW + count * 60_000;

const rows: readonly Row[] = [
  missing("no signature", altered(/Authorization: .*\r\n/, ""), "Missing Authentication Token"),
  missing(
    "an empty Authorization",
    altered(/Authorization: .*\r\n/, "Authorization:\r\n"),
    "Missing Authentication Token",
  ),
  missing("a bearer token", altered(/AWS4-HMAC-SHA256 .*\r\n/, "Bearer abc\r\n"), "Missing Authentication Token"),
  missing("a basic password", altered(/AWS4-HMAC-SHA256 .*\r\n/, "Basic YTpi\r\n"), "Missing Authentication Token"),
  missing(
    "Signature Version 2",
    altered("AWS4-HMAC-SHA256 Cre", "AWS AKIDEXAMPLE:Cre"),
    "Missing Authentication Token",
  ),
  missing("no signature, no such path", () => "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "Missing Authentication Token"),
  missing(
    "POST /ping without a signature",
    () => "POST /ping HTTP/1.1\r\nHost: a\r\n\r\n",
    "Missing Authentication Token",
  ),
  missing("/ping/ without a signature", () => "GET /ping/ HTTP/1.1\r\nHost: a\r\n\r\n", "Missing Authentication Token"),
  missing("/PING without a signature", () => "GET /PING HTTP/1.1\r\nHost: a\r\n\r\n", "Missing Authentication Token"),
  missing(
    "a signature in the query",
    () => `GET ${target}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0 HTTP/1.1\r\nHost: a\r\n\r\n`,
    "Missing Authentication Token: the signature is read from the Authorization header only.",
  ),
  invalid(
    "signatures in both places",
    { target: `${target}?X-Amz-Algorithm=AWS4-HMAC-SHA256` },
    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  ),

  incomplete("no Credential", altered(/Credential=\S+ /, ""), "Authorization header requires 'Credential' parameter."),
  incomplete("no Signature", altered(/, Signature=\w+/, ""), "Authorization header requires 'Signature' parameter."),
  incomplete(
    "an empty Signature",
    altered(/Signature=\w+/, "Signature="),
    "Authorization header requires 'Signature' parameter.",
  ),
  incomplete(
    "no SignedHeaders",
    altered(/SignedHeaders=\S+ /, ""),
    "Authorization header requires 'SignedHeaders' parameter.",
  ),
  incomplete(
    "nothing at all after the algorithm",
    altered(/(X-Amz-Date: .*\r\n)(Authorization: \S+).*/, "$2"),
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
      "Authorization header requires 'SignedHeaders' parameter. " +
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  ),
  incomplete(
    "no date",
    altered(/X-Amz-Date: .*\r\n/, ""),
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  ),
  incomplete(
    "a parameter without a value",
    altered("Credential=", "Credential, Credential="),
    "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header.",
  ),
  incomplete(
    "a parameter given twice",
    altered("Signature=", "Signature=0, Signature="),
    "Authorization header has the 'Signature' parameter more than once.",
  ),
  incomplete(
    "two Authorization headers",
    altered(/(Authorization: .*\r\n)/, "$1$1"),
    "Authorization header has the 'SignedHeaders' parameter more than once.",
  ),

  incomplete(
    "a date in another format",
    altered(/X-Amz-Date: .*/, "X-Amz-Date: 2026-01-15T12:00:00Z"),
    "Date must be in ISO-8601 'basic format'. Got '2026-01-15T12:00:00Z'. See http://en.wikipedia.org/wiki/ISO_8601",
  ),
  incomplete(
    "a day that the month does not have",
    altered(/X-Amz-Date: .*/, "X-Amz-Date: 20260230T120000Z"),
    "Date must be in ISO-8601 'basic format'. Got '20260230T120000Z'. See http://en.wikipedia.org/wiki/ISO_8601",
  ),
  incomplete(
    "two dates",
    altered(/(X-Amz-Date: .*\r\n)/, "$1$1"),
    "Date must be in ISO-8601 'basic format'. Got '20260115T120000Z,20260115T120000Z'. See http://en.wikipedia.org/wiki/ISO_8601",
  ),
  invalid(
    "a date over 15 minutes ago",
    signedBy({ now: minutes(-15) - 1000 }),
    "Signature expired: 20260115T114459Z is now earlier than 20260115T114500Z (20260115T120000Z - 15 min.)",
  ),
  invalid(
    "a date over 15 minutes ahead",
    signedBy({ now: minutes(15) + 1000 }),
    "Signature not yet current: 20260115T121501Z is still later than 20260115T121500Z (20260115T120000Z + 15 min.)",
  ),
  invalid(
    "host not signed",
    altered("SignedHeaders=host;", "SignedHeaders="),
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  ),
  invalid(
    "date not signed",
    altered("SignedHeaders=host;x-amz-date", "SignedHeaders=host"),
    "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.",
  ),

  incomplete(
    "another algorithm",
    altered("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"),
    "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now).",
  ),
  incomplete(
    "a credential of four parts",
    altered("/lookoutvision/aws4_request", "/aws4_request"),
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE/20260115/us-east-1/aws4_request'",
  ),
  incomplete(
    "a credential of six parts",
    altered("/aws4_request", "/aws4_request/"),
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE/20260115/us-east-1/lookoutvision/aws4_request/'",
  ),
  invalid(
    "another region",
    signedBy({ region: "eu-west-1" }),
    "Credential should be scoped to a valid region, not 'eu-west-1'.",
  ),
  invalid(
    "another service",
    signedBy({ service: "s3" }),
    "Credential should be scoped to correct service: 'lookoutvision'.",
  ),
  invalid(
    "every part of the scope wrong",
    altered("20260115/us-east-1/lookoutvision/aws4_request", "20260114/mars/s3/aws2_request"),
    "Credential should be scoped to a valid region, not 'mars'. " +
      "Credential should be scoped to correct service: 'lookoutvision'. " +
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws2_request'. " +
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: " +
      "'20260114' != '20260115', from '20260115T120000Z'.",
  ),
  unrecognized("an unknown key", signedBy({ credentials: { ...KEY, accessKeyId: "AKIDNOBODY" } })),
  unrecognized("a key called __proto__", signedBy({ credentials: { ...KEY, accessKeyId: "__proto__" } })),
  unrecognized(
    "a session token that the key does not have",
    signedBy({ credentials: { ...KEY, sessionToken: "abc" } }),
  ),

  invalid("another secret", signedBy({ credentials: { ...KEY, secretAccessKey: "another" } }), MISMATCH),
  invalid("a signature of zeros", altered(/Signature=\w+/, `Signature=${"0".repeat(64)}`), MISMATCH),
  invalid("a signature too short", altered(/(Signature=\w{63})\w/, "$1"), MISMATCH),
  invalid("a signature with more after it", altered(/(Signature=\w+)/, "$1 0"), MISMATCH),
  invalid("another method", altered("GET", "DELETE"), MISMATCH),
  invalid("another project", altered("/boards/", "/other/"), MISMATCH),
  invalid("another query", altered("=1", "=2", { target: `${target}?maxResults=1` }), MISMATCH),
  invalid("another host", altered("Host: 127.0.0.1", "Host: 127.0.0.2"), ({ port }) =>
    mismatchOf(`arrived as '127.0.0.2:${port}'`),
  ),
  invalid("no host", altered(/Host: .*\r\n/, ""), mismatchOf("did not arrive")),
  invalid("two hosts", altered(/(Host: .*\r\n)/, "$1$1"), ({ port }) =>
    mismatchOf(`arrived as '127.0.0.1:${port},127.0.0.1:${port}'`),
  ),
  invalid("another date", altered(basicDate(NOW), basicDate(NOW + 1000)), MISMATCH),
  invalid("signed headers out of order", altered("host;x-amz-date", "x-amz-date;host"), MISMATCH),
  invalid("a signed header that is not there", altered("host;x-amz-date", "host;x-amz-date;x-other"), MISMATCH),
  invalid(
    "a signed header once more",
    altered(/\r\nX-A: 1/, "\r\nX-A: 1\r\nX-A: 1", { target, headers: [["X-A", "1"]] }),
    MISMATCH,
  ),
  ...(
    [
      ["segments in its path", { target: "/a".repeat(100) }],
      ["parameters in its query", { target: `${target}?${"a&".repeat(100)}` }],
    ] as const
  ).map(([what, request]) =>
    invalid(
      `more than 100 ${what}`,
      (signer) => signedRequest(request, signer),
      `The request has more than 100 ${what}.`,
    ),
  ),
  invalid(
    "more than 100 signed headers",
    altered(
      "SignedHeaders=host",
      `SignedHeaders=${Array.from({ length: 99 }, (_, at) => `a${at + 100}`).join(";")};host`,
    ),
    "The request has more than 100 signed headers.",
  ),
  incomplete(
    "an Authorization of many parameters",
    altered("SignedHeaders", `${"a=b,".repeat(8)}SignedHeaders`),
    "Authorization header has more than 8 parameters.",
  ),
  invalid("a body beside the signature", altered(/\r\n\r\n$/, "\r\nContent-Length: 2\r\n\r\n{}"), MISMATCH),
  invalid(
    "a content hash of another body",
    { target, headers: [["X-Amz-Content-Sha256", "0".repeat(64)]] },
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  ),
  invalid(
    "a body said to be unsigned",
    { target, bodyHash: "UNSIGNED-PAYLOAD", headers: [["X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"]] },
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  ),
];

const test = suite<{ endpoint: Endpoint }>("hostile signatures");

test.after(closeServers);
test.before(async (context) => {
  context.endpoint = await serveTable();
});
test.after(({ endpoint }) => endpoint.close());
testRows(test, rows);
test.run();
