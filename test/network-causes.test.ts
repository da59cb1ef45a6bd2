/** The error of an attempt without a response names the true cause, and gives advice that fits it. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { messageOf } from "../src/errors.ts";
import { InputError, NetworkError } from "../src/index.ts";
import { clientOf, paths, projectName, rejection, type TestOptions, withRandom } from "./support/client.ts";
import { closeServers, opened } from "./support/open-servers.ts";

const test = suite("the cause of a network error");
test.after.each(closeServers);

/** The host of a server with a self-signed certificate. */
async function tlsHost(): Promise<string> {
  const [key, cert] = await Promise.all(
    ["key", "certificate"].map((name) => readFile(new URL(`fixtures/tls/${name}.pem`, import.meta.url))),
  );
  const server = createServer({ key, cert }, (_, response) => response.end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  opened({ close });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function errorOf(url: string, options: TestOptions): Promise<NetworkError> {
  const client = clientOf({ url }, { maxAttempts: 1, ...options });
  const error = await rejection(client.listModelPackagingJobs({ projectName }));
  assert.instance(error, NetworkError);
  return error as NetworkError;
}

for (const [path, options] of Object.entries(paths)) {
  test(`the error for an untrusted certificate names NODE_EXTRA_CA_CERTS, over ${path}`, async () => {
    const url = `https://${await tlsHost()}`;
    const { code, message } = await errorOf(url, options);
    assert.is(code, "DEPTH_ZERO_SELF_SIGNED_CERT");
    // Newer Nodes add a hint to these words.
    assert.match(message, `No complete response from ${url}: self-signed certificate`);
    assert.match(message, ". The certificate is not trusted.");
    assert.match(message, "set NODE_EXTRA_CA_CERTS to the file");
    assert.not.match(message, "right address");
  });

  test(`the error for plain HTTP to a TLS port says so, over ${path}`, async () => {
    // Node's own TLS server hangs up; others send an alert, here "protocol version", which is fatal.
    const server = createNetServer((socket) => {
      socket.on("error", () => {}).once("data", () => socket.end(Buffer.from("15030100020246", "hex")));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    opened({ close: async () => void server.close() });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { message } = await errorOf(url, options);
    assert.match(message, `No complete response from ${url}: `);
    assert.match(message, "The port speaks TLS: is it https:// in place of http://?");
    assert.not.match(message, "right address");
  });
}

/** The errors of fetch in Deno, workerd, Node 24 and Bun 1.3, and their codes here. */
const OTHER_RUNTIMES: [fetchError: Error, code: string][] = [
  [
    "error sending request: client error (Connect): tcp connect error: Connection refused (os error 111)",
    "ECONNREFUSED",
  ],
  ["client error (Connect): dns error: failed to lookup address information: Name or service not known", "ENOTFOUND"],
  ["client error (Connect): tcp connect error: No route to host (os error 113)", "EHOSTUNREACH"],
  ["Connection reset by peer (os error 104)", "ECONNRESET"],
  ["client error (SendRequest): connection closed before message completed", "ECONNRESET"],
  ["client error (SendRequest): invalid HTTP version parsed", "HPE_INVALID_CONSTANT"],
  ["Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/)", "HPE_INVALID_CONSTANT"],
  ["Response does not match the HTTP/1.1 protocol (Invalid character in chunk size)", "HPE_INVALID_CHUNK_SIZE"],
].map(([message, code = ""]) => [new TypeError("fetch failed", { cause: new Error(message) }), code]);
OTHER_RUNTIMES.push(
  [new TypeError("error reading a body from connection"), "ECONNRESET"],
  [Object.assign(new Error("Network connection lost."), { retryable: true }), "ECONNRESET"],
  [Object.assign(new Error("Unable to connect."), { code: "ConnectionRefused" }), "ECONNREFUSED"],
  [Object.assign(new Error("The socket connection was closed"), { code: "ConnectionClosed" }), "ECONNRESET"],
  [Object.assign(new Error("Malformed"), { code: "Malformed_HTTP_Response" }), "HPE_INVALID_CONSTANT"],
);
for (const [thrown, expected] of OTHER_RUNTIMES)
  test(`an error of another runtime's fetch is retried and has the code ${expected}: ${messageOf(thrown.cause ?? thrown)}`, async () => {
    let calls = 0;
    const fetch = async () => {
      calls++;
      throw thrown;
    };
    const { code, message } = await withRandom(0, () => errorOf("http://127.0.0.1:9", { fetch, maxAttempts: 2 }));
    assert.is(code, expected);
    assert.match(message, `No complete response from http://127.0.0.1:9: ${expected}`);
    assert.is(calls, 2);
  });

test("Deno's TLS errors are not retried, and have Node's codes and advice", async () => {
  for (const [said, expected, advice] of [
    ["invalid peer certificate: UnknownIssuer", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "set NODE_EXTRA_CA_CERTS"],
    ["received corrupt message of type InvalidContentType", "EPROTO", "does not speak TLS there"],
  ] as const) {
    const fetch = async () => {
      throw new TypeError("fetch failed", { cause: new Error(`client error (Connect): ${said}`) });
    };
    const { code, message, attempts } = await errorOf("https://127.0.0.1:9", { fetch, maxAttempts: 2 });
    assert.is(code, expected);
    assert.match(message, advice);
    assert.is(attempts, 1);
  }
});

const thrownByFetch: [what: string, thrown: unknown, said: string, code: string | undefined][] = [
  ["an error of its own", new Error("no ticket"), "no ticket", undefined],
  ["a text", "no ticket", "no ticket", undefined],
  [
    "undici's error for a header that it refuses",
    Object.assign(new TypeError("invalid x-ticket header"), { code: "UND_ERR_INVALID_ARG" }),
    "invalid x-ticket header",
    "UND_ERR_INVALID_ARG",
  ],
  [
    "fetch's error with a cause",
    new TypeError("fetch failed", { cause: new Error("the pool is closed") }),
    "the pool is closed",
    undefined,
  ],
];
for (const [what, thrown, said, code] of thrownByFetch)
  test(`the error of a given fetch says that this fetch failed, and is not retried: ${what}`, async () => {
    let calls = 0;
    const fetch = async () => {
      calls++;
      throw thrown;
    };
    const error = await errorOf("http://127.0.0.1:9", { fetch, maxAttempts: 3 });
    assert.is(error.message, `The given fetch failed for http://127.0.0.1:9: ${said}`);
    assert.is(error.code, code);
    assert.is(calls, 1);
  });

for (const [path, options] of Object.entries(paths))
  test(`the error for a header that cannot be sent names it, and nothing is sent, over ${path}`, async () => {
    const { raw } = clientOf({ url: "http://127.0.0.1:9" }, options);
    const call = raw.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
      params: { path: { projectName } },
      headers: { "x-ticket": "\u0001" },
    });
    const error = await rejection(call);
    assert.instance(error, InputError);
    assert.is((error as Error).message, "The request's x-ticket must be in printable ASCII. Nothing was sent.");
  });

test.run();
