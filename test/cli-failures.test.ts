/** The texts of the command's failures, word for word, and the exit codes of the AWS CLI v2. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { command, ended, environment, pasted, run, scratch, serveFixture } from "./support/cli.ts";
import { closeServers } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

let endpoint: Endpoint;
const P = ["--project-name", "circuit-boards"];

/** Checks a failing run: its exit code, its exact stderr, and an empty stdout. */
async function fails(
  args: readonly string[],
  code: number,
  stderr: string,
  env: Readonly<Record<string, string | undefined>> = {},
  input = "",
): Promise<void> {
  const ended = await run(args, { env: { ...pasted(endpoint), ...env }, input });
  assert.is(ended.stderr, stderr);
  assert.is(ended.stdout, "");
  assert.is(ended.code, code);
}

const usage = suite("252, the arguments are at fault");
usage.before(async () => {
  endpoint = await serveFixture();
});

for (const [name, args, message] of [
  ["no project", ["list"], "list: --project-name is missing: name the project whose jobs to list."],
  [
    "two options that exclude each other",
    ["list", ...P, "--no-paginate", "--page-size", "5", "--max-items", "9"],
    "list: Cannot specify --no-paginate along with pagination arguments: --page-size, --max-items",
  ],
  [
    "an unknown option near a known one",
    ["list", "--projet-name", "x"],
    "list: There is no option --projet-name. Did you mean --project-name?",
  ],
  [
    "the start of an option",
    ["list", ...P, "--starting", "x"],
    "list: There is no option --starting. Did you mean --starting-token?",
  ],
  ["an unknown option near none", ["list", ...P, "--yaml"], "list: There is no option --yaml."],
  ["a short option", ["list", "-p", "x"], "list: There is no option -p. Did you mean --project-name?"],
  ["an option without its value", ["list", "--project-name"], "list: --project-name needs a value: --project-name P"],
  [
    "an option in the place of a value",
    ["list", "--project-name", "--region"],
    "list: --project-name needs a value: --project-name P",
  ],
  ["a flag with a value", ["list", ...P, "--debug=yes"], "list: --debug takes no value."],
  [
    "a second file without its option",
    ["serve", "--import", "a.json", "b.json"],
    'serve: serve takes options only: what is "b.json"? Put --import before each file.',
  ],
  ["a word too much", ["list", ...P, "more"], 'list: list takes options only: what is "more"?'],
  [
    "a number that is none",
    ["list", ...P, "--max-items", "ten"],
    'list: --max-items must be a whole number from 0, not "ten".',
  ],
  [
    "a number below its range",
    ["list", ...P, "--max-items=-1"],
    'list: --max-items must be a whole number from 0, not "-1".',
  ],
  [
    "an unknown output format",
    ["list", ...P, "--output", "tabel"],
    'list: --output is one of table, json, ndjson, csv, text, off, not "tabel". Did you mean table?',
  ],
  [
    "an output format of the AWS CLI's that is not made here",
    ["list", ...P, "--output", "yaml"],
    "list: --output: yaml is a format of the AWS CLI that is not supported. Use one of table, json, ndjson, csv, text, off.",
  ],
  [
    "a query that is not JMESPath",
    ["list", ...P, "--query", "ModelPackagingJobs["],
    "list: Bad value for --query ModelPackagingJobs[: The expression is incomplete at column 19:\nModelPackagingJobs[\n                   ^",
  ],
  ["no file", ["import"], "import: No file to import: name one or more, or - for standard input."],
  [
    "a port out of range",
    ["serve", "--port", "65536"],
    'serve: --port must be a whole number from 0 to 65535, not "65536".',
  ],
  ["a rate of nothing", ["serve", "--rate", "0"], 'serve: --rate must be above 0 requests a second, not "0".'],
] as const)
  usage(name, () => fails(args, 252, `packaging-jobs ${message}\nSee packaging-jobs ${args[0]} --help.\n`));

usage("an unknown command", () =>
  fails(["lits"], 252, "packaging-jobs: There is no command lits. Did you mean list?\nSee packaging-jobs --help.\n"),
);

usage("a command named as a member of every object", () =>
  fails(["toString"], 252, "packaging-jobs: There is no command toString.\nSee packaging-jobs --help.\n"),
);

usage("input that breaks the contract", async () => {
  await fails(
    ["list", "--project-name", "circuit boards"],
    252,
    'packaging-jobs list: --project-name must match ^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$, not "circuit boards". Nothing was sent.\n',
  );
  await fails(
    ["list", ...P, "--page-size", "101"],
    252,
    "packaging-jobs list: --page-size must be at most 100, not 101. Nothing was sent.\n",
  );
  await fails(
    ["list", ...P, "--starting-token", "a token"],
    252,
    'packaging-jobs list: --starting-token must match ^[a-zA-Z0-9/+=]{0,2048}$, not "a token". Nothing was sent.\n',
  );
});

usage("a file that cannot be read", async () => {
  await fails(
    ["import", "missing.json"],
    252,
    "packaging-jobs import: Cannot read missing.json: ENOENT: no such file or directory. Nothing was imported.\n",
  );
  await mkdir(join(scratch, "folder.json"));
  await fails(
    ["import", "folder.json"],
    252,
    "packaging-jobs import: Cannot read folder.json: EISDIR: illegal operation on a directory. Nothing was imported.\n",
  );
});
usage.after(closeServers);
usage.run();

const configuration = suite("253, the configuration or the credentials are at fault");

configuration("no credentials", () =>
  fails(
    ["list", ...P],
    253,
    "packaging-jobs list: No credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give credentials. For profiles, SSO, web " +
      "identity, container and instance credentials: npm install @aws-sdk/credential-providers\n",
    { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
  ),
);

configuration("half of a key pair", () =>
  fails(
    ["list", ...P],
    253,
    "packaging-jobs list: AWS_SECRET_ACCESS_KEY is not set in the environment, but the other half of the key pair is. Set both.\n",
    { AWS_SECRET_ACCESS_KEY: undefined },
  ),
);

configuration("an unknown profile, and keys in the environment do not stand in for it", () =>
  fails(
    ["list", ...P, "--profile", "nobody"],
    253,
    `packaging-jobs list: The config profile (nobody) could not be found in ${scratch}/.aws/config or ${scratch}/.aws/credentials.\n`,
  ),
);

configuration("a profile without the package that reads its credentials", async () => {
  const file = join(scratch, "config");
  await writeFile(file, "[default]\nregion = eu-west-1\n[profile somebody]\nregion = us-east-1\n");
  await fails(
    ["list", ...P, "--profile", "somebody"],
    253,
    "packaging-jobs list: No credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give credentials. For profiles, SSO, web " +
      "identity, container and instance credentials: npm install @aws-sdk/credential-providers\n",
    { AWS_CONFIG_FILE: file, AWS_REGION: undefined },
  );
});

configuration("no region", () =>
  fails(
    ["list", ...P],
    253,
    'packaging-jobs list: --region is missing: give one, for example "us-east-1", or set AWS_REGION.\n',
    { AWS_REGION: undefined },
  ),
);

configuration("an endpoint that is no URL", () =>
  fails(
    ["list", ...P, "--endpoint-url", "localhost"],
    253,
    'packaging-jobs list: --endpoint-url is "localhost", which is not a URL. Give a URL such as http://127.0.0.1:4567.\n',
  ),
);

configuration("a store that is none", async () => {
  await writeFile(join(scratch, "letter.txt"), "Dear reader, this is no database but a letter of some length.");
  const { code, stderr } = await run(["serve", "--port", "0", "--store", "letter.txt"]);
  assert.match(stderr, /^packaging-jobs serve: Cannot open the store .*letter\.txt: file is not a database\.\n$/);
  assert.is(code, 253);
});

configuration("an address that others can reach, without credentials", () =>
  fails(
    ["serve", "--port", "0", "--store", ":memory:", "--host", "0.0.0.0"],
    253,
    "packaging-jobs serve: 0.0.0.0 is not a loopback address: others can reach it. Give credentials, for example a credentials file, to say who may call.\n",
  ),
);

configuration("a credentials file that others can read", async () => {
  await writeFile(join(scratch, "keys.json"), '{ "keys": [] }', { mode: 0o644 });
  await fails(
    ["serve", "--port", "0", "--store", ":memory:", "--credentials", "keys.json"],
    253,
    "packaging-jobs serve: keys.json can be read by others. Run `chmod 600 keys.json`, or allow readable credentials.\n",
  );
});

configuration("a port that is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await fails(
    ["serve", "--store", ":memory:", "--port", String(port)],
    253,
    `packaging-jobs serve: Port ${port} is taken. Choose another with --port, or 0 for a free one.\n`,
  );
  other.close();
});
configuration.run();

const service = suite("254, the service responds with an error");

service("an error of the operation, in the AWS CLI's words", () =>
  fails(
    ["list", "--project-name", "nowhere"],
    254,
    "An error occurred (ResourceNotFoundException) when calling the ListModelPackagingJobs operation: The project nowhere was not found.\n" +
      "Check --project-name. `packaging-jobs import` brings in a saved inventory.\n",
  ),
);

service("a wrong key", () =>
  fails(
    ["list", ...P],
    254,
    "An error occurred (UnrecognizedClientException) when calling the ListModelPackagingJobs operation: The security token included in the request is invalid.\n" +
      "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: `packaging-jobs serve` prints the keys that it makes.\n",
    { AWS_ACCESS_KEY_ID: "AKIDOTHER" },
  ),
);

service("a wrong region", () =>
  fails(
    ["list", ...P, "--region", "eu-west-1"],
    254,
    "An error occurred (InvalidSignatureException) when calling the ListModelPackagingJobs operation: Credential should be scoped to a valid region, not 'eu-west-1'.\n" +
      "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: `packaging-jobs serve` prints the keys that it makes. The region is signed, too: see --region.\n",
  ),
);

service("words that would steer a terminal", async () => {
  const server = await stubServer(() => ({
    status: 400,
    headers: { "x-amzn-errortype": "ValidationException" },
    body: { Message: "\x1b]0;title\x07 and \x1b[2J more" },
  }));
  const args = ["list", ...P, "--endpoint-url", server.url];
  await fails(
    args,
    254,
    "An error occurred (ValidationException) when calling the ListModelPackagingJobs operation:  ]0;title  and  [2J more\n",
  );
  const { stderr } = await run([...args, "--debug"], { env: pasted(endpoint) });
  assert.not.match(stderr.replaceAll("\n", ""), /\p{Cc}/u);
  await server.close();
});

/** Texts that rename a window, by C0 and by C1 characters, and a text that changes the writing direction. */
const STEERING = "\x1b]0;title\x07\u009d0;title\u009c\u202egnp";
/** Matches control characters, except line breaks. */
const OBEYED = /[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

service("a page token that is none to paste", async () => {
  for (const NextToken of [`$(touch gone)`, `a;b`, STEERING]) {
    const server = await stubServer(() => ({ body: { ModelPackagingJobs: [{ JobName: "a" }], NextToken } }));
    const args = ["list", ...P, "--no-paginate", "--output", "csv", "--endpoint-url", server.url];
    const { code, stderr } = await run(args, { env: pasted(endpoint) });
    await server.close();
    assert.is(code, 0);
    assert.match(stderr, /^There are more, but the service's token is not shown: .*\n$/);
  }
});

service("records of an import that would steer a terminal", async () => {
  const record = { ProjectName: "p", JobName: STEERING, Status: STEERING, [STEERING]: STEERING };
  const options = { input: `${JSON.stringify(record)}\n${STEERING}\n`, cwd: scratch };
  for (const more of [[], ["--keep-going"]]) {
    const { code, stdout, stderr } = await run(["import", "--store", "steering.db", ...more, "-"], options);
    assert.is.not(code, 0);
    assert.match(stderr, "record");
    assert.not.match(stdout + stderr, OBEYED);
  }
});

service("a page of a proxy", async () => {
  const proxy = await stubServer(() => ({ status: 407, body: "<h1>Who are you?</h1>" }));
  await fails(
    ["list", ...P, "--endpoint-url", proxy.url],
    254,
    "packaging-jobs list: The server responded with HTTP 407: <h1>Who are you?</h1>. Is the endpoint the right one?\n",
  );
  await proxy.close();
});
service.run();

const other = suite("255, anything else");

other("an endpoint that is not running", () =>
  fails(
    ["list", ...P, "--endpoint-url", "http://127.0.0.1:1"],
    255,
    "packaging-jobs list: No complete response from http://127.0.0.1:1: ECONNREFUSED. " +
      "Is this the right address, and does a server run there?\n",
  ),
);

other("a query that does not fit", () =>
  fails(
    ["list", ...P, "--query", "length(Nothing)"],
    255,
    "packaging-jobs list: --query length(Nothing) does not fit the listing: length() takes array or object or string, not null.\n",
  ),
);

other("a token that comes a second time, after the jobs until then", async () => {
  const looping = await stubServer(() => ({ body: { ModelPackagingJobs: [{ JobName: "one" }], NextToken: "again" } }));
  const args = ["list", ...P, "--output", "ndjson", "--endpoint-url", looping.url];
  const result = await run(args, { env: pasted(endpoint) });
  await looping.close();
  assert.is(result.stdout, '{"JobName":"one"}\n{"JobName":"one"}\n');
  assert.match(result.stderr, /^packaging-jobs list: The service gave the NextToken "again" a second time/);
  assert.is(result.code, 255);
});

other("an inventory with a bad record, and nothing of it is kept", () =>
  fails(
    ["import", "--store", "bad.db", "-"],
    255,
    "packaging-jobs import: Nothing was imported: of 2 records, 1 cannot be.\n" +
      '  standard input, record 2 (line 2): Status must be one of CREATED, RUNNING, SUCCEEDED, FAILED, not "DONE"\n',
    {},
    '{"JobName":"good","ProjectName":"p"}\n{"JobName":"bad","ProjectName":"p","Status":"DONE"}\n',
  ),
);

other("a full disk", async () => {
  const env = { ...environment, ...pasted(endpoint) };
  const line = ["-c", 'exec "$0" "$@" > /dev/full', process.execPath, command, "list", ...P];
  const { code, stderr } = await ended(spawn("/bin/sh", line, { env, stdio: "pipe" }));
  assert.is(stderr, "packaging-jobs: cannot write the output: ENOSPC: no space left on device, write\n");
  assert.is(code, 255);
});

other("--debug adds the attempts and the error in full, without a secret", async () => {
  const env = { ...pasted(endpoint), AWS_SECRET_ACCESS_KEY: "a-wrong-secret", AWS_SESSION_TOKEN: "a-session-token" };
  const { stderr, code } = await run(["list", ...P, "--debug"], { env });
  const [attempt] = stderr.split("\n", 1).map((line) => JSON.parse(line));
  assert.is(attempt.event, "attempt");
  assert.is(attempt.status, 403);
  assert.match(stderr, /An error occurred \(InvalidSignatureException\)/);
  assert.match(stderr, /\n {4}at /);
  assert.not.match(stderr, /a-wrong-secret|a-session-token|Signature=/);
  assert.is(code, 254);
});
other.after(() => endpoint.close());
other.run();
