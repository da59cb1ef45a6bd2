/** Options of the AWS CLI v2 on `list`: supported options, options without effect, and unsupported options. */
import { readFile, writeFile } from "node:fs/promises";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { awsOptions, unsupportedAwsOptions } from "../src/cli/aws-options.ts";
import type { Endpoint } from "../src/endpoint/index.ts";
import { pasted, root, run, scratch, serveFixture } from "./support/cli.ts";
import { closeServers, opened } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const P = ["--project-name", "circuit-boards", "--output", "json"];
const certificate = join(root, "test/fixtures/tls/certificate.pem");

let endpoint: Endpoint;
const test = suite("options of the AWS CLI");
test.before(async () => {
  endpoint = await serveFixture();
});
test.after(() => endpoint.close());

const list = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(["list", ...P, ...args], { env: { ...pasted(endpoint), AWS_MAX_ATTEMPTS: "1", ...env } });

test("--max-results and --next-token print one page, with the service's token", async () => {
  const first = JSON.parse((await list(["--max-results", "5"])).stdout);
  assert.is(first.ModelPackagingJobs.length, 5);
  const second = JSON.parse((await list(["--max-results", "5", "--next-token", first.NextToken])).stdout);
  const both = JSON.parse((await list(["--max-items", "10"])).stdout);
  assert.equal([...first.ModelPackagingJobs, ...second.ModelPackagingJobs], both.ModelPackagingJobs);
});

test("faults of --max-results and --next-token name these options", async () => {
  for (const [args, message] of [
    [["--max-results", "101"], "--max-results must be at most 100, not 101. Nothing was sent."],
    [["--next-token", "a token"], '--next-token must match ^[a-zA-Z0-9/+=]{0,2048}$, not "a token". Nothing was sent.'],
  ] as const)
    assert.is((await list(args)).stderr, `packaging-jobs list: ${message}\n`);
  const { code, stderr } = await list(["--max-results", "5", "--max-items", "3"]);
  assert.match(stderr, /Cannot specify --no-paginate along with pagination arguments: --max-items\n/);
  assert.is(code, 252);
});

test("options without effect are accepted", async () => {
  const plain = await list([]);
  const args = "--no-cli-pager --no-cli-auto-prompt --cli-binary-format raw-in-base64-out --color auto".split(" ");
  assert.equal(await list(args), plain);
});

test("--color is on, off or auto", async () => {
  const { code, stderr } = await list(["--color", "of"]);
  assert.match(stderr, '--color is one of on, off, auto, not "of". Did you mean off?\n');
  assert.is(code, 252);
});

for (const [name, advice] of unsupportedAwsOptions)
  test(`--${name} is refused by its name`, async () => {
    const { code, stdout, stderr } = await list([`--${name}`, "value"]);
    assert.is(stdout, "");
    assert.is(
      stderr,
      `packaging-jobs list: --${name} is an option of the AWS CLI that is not supported. ${advice}\n` +
        "See packaging-jobs list --help.\n",
    );
    assert.is(code, 252);
  });

test("--aws-options prints the accepted options, on one screen", async () => {
  const { code, stdout } = await run(["list", "--aws-options"]);
  assert.is(code, 0);
  assert.is(stdout, awsOptions);
  assert.ok(stdout.split("\n").length <= 24);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
});

/** A server with a certificate that nobody has signed. */
async function tlsServer() {
  const [key, cert] = await Promise.all(
    ["key", "certificate"].map((name) => readFile(join(root, `test/fixtures/tls/${name}.pem`))),
  );
  const server = createTlsServer({ key, cert }, (_, response) => response.end('{"ModelPackagingJobs":[]}'));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return opened({
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

test("a certificate is trusted with --ca-bundle, AWS_CA_BUNDLE or --no-verify-ssl, and not without", async () => {
  const { url, close } = await tlsServer();
  const at = ["--endpoint-url", url];
  try {
    for (const [args, env] of [
      [["--ca-bundle", certificate], {}],
      [[], { AWS_CA_BUNDLE: certificate }],
      [["--no-verify-ssl"], {}],
      [["--no-verify-ssl", "--ca-bundle", certificate], {}],
    ] as const) {
      const { code, stderr } = await list([...at, ...args], env);
      assert.is(stderr, "");
      assert.is(code, 0);
    }
    const { code, stderr } = await list(at);
    assert.match(stderr, /self-signed certificate|DEPTH_ZERO_SELF_SIGNED_CERT/);
    assert.is(code, 255);
  } finally {
    await close();
  }
});

test("a bundle that cannot be read, or holds no certificate, is named", async () => {
  const file = join(scratch, "bundle.pem");
  await writeFile(file, "no certificate");
  for (const [args, env, message] of [
    [["--ca-bundle", "/nowhere.pem"], {}, "--ca-bundle names /nowhere.pem, which cannot be read: ENOENT."],
    [[], { AWS_CA_BUNDLE: file }, `AWS_CA_BUNDLE names ${file}, which cannot be read: it holds no certificate in PEM.`],
  ] as const)
    assert.equal(await list(args, env), { code: 253, stdout: "", stderr: `packaging-jobs list: ${message}\n` });
});

test("--cli-connect-timeout ends the wait for a connection", async () => {
  // The server accepts the connection, and never begins TLS.
  const silent = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { code, stderr } = await list(["--endpoint-url", url, "--cli-connect-timeout", "1"]);
  silent.close();
  assert.match(stderr, "ETIMEDOUT");
  assert.is(code, 255);
});

test("--cli-read-timeout ends the wait for a response", async () => {
  const silent = await stubServer(() => new Promise(() => {}));
  const { code, stderr } = await list(["--endpoint-url", silent.url, "--cli-read-timeout", "1"]);
  await silent.close();
  assert.match(stderr, /1000 ms|1 s/);
  assert.is(code, 255);
});

test("a listing with connection options is the same, and keeps connections alive", async () => {
  const plain = await list(["--page-size", "7"]);
  const limits = ["--cli-connect-timeout", "0", "--cli-read-timeout", "0", "--no-verify-ssl"];
  const same = await list(["--page-size", "7", ...limits]);
  assert.is(same.stderr, "");
  assert.is(same.stdout, plain.stdout);
});
test.after(closeServers);
test.run();
