/**
 * Settings of `list` from options, the environment and AWS's shared files, compared with the AWS CLI when it is
 * installed.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { profileFiles, readProfile, readSections } from "../src/cli/profile.ts";
import { readSettings } from "../src/cli/settings.ts";
import { environment, run, scratch } from "./support/cli.ts";
import { closeServers } from "./support/open-servers.ts";
import { type StubServer, stubServer } from "./support/stub-server.ts";

/** Writes the two files, and returns the variables that name them. */
async function files(config: string, credentials = "") {
  const folder = await mkdtemp(join(scratch, "profiles-"));
  const env = { AWS_CONFIG_FILE: join(folder, "config"), AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials") };
  await writeFile(env.AWS_CONFIG_FILE, config);
  await writeFile(env.AWS_SHARED_CREDENTIALS_FILE, credentials);
  return env;
}

const format = suite("the format of AWS's shared files");

for (const [name, text, expected] of [
  ["keys in any case", "[a]\nREGION = x\nOutPut=json", { region: "x", output: "json" }],
  [
    "nested keys",
    "[a]\ns3 =\n  region = nested\n\tuse = y\nregion = outer",
    { s3: "", "s3.region": "nested", "s3.use": "y", region: "outer" },
  ],
  ["a first key that is indented", "[a]\n  region = x\n  output = json", { region: "x", output: "json" }],
  [
    "nested keys under an indented one",
    "[a]\n  s3 =\n    region = n\n  region = x",
    { s3: "", "s3.region": "n", region: "x" },
  ],
  [
    "comments",
    "# region = no\n[a] # head\nregion = x # note\n;output = no\n  # output = no\nurl = http://a/#b",
    { region: "x", url: "http://a/#b" },
  ],
  ["line ends of Windows", "[a]\r\nregion = x\r\n", { region: "x" }],
  ["white space around a heading's name", "[ a ]\nregion=x", { region: "x" }],
  ["a section in two parts", "[a]\nregion = x\n[b]\nregion = y\n[a]\noutput = json", { region: "x", output: "json" }],
  ["a value with an equals sign", "[a]\nregion = x=y", { region: "x=y" }],
  ["lines that are nothing", "region = no\n[a]\nnothing\nregion = x", { region: "x" }],
] as const)
  format(name, () => assert.equal(Object.fromEntries(readSections(text).get("a") ?? []), expected));

format("names profiles in the config file, and sections in the credentials file", async () => {
  const paths = profileFiles(
    await files(
      '[default]\nregion=d\n[profile one]\nregion = 1\n[ profile "two words" ]\nregion = 2\n[sso-session three]\n[bare]\n',
      "[four]\nregion = 4\n[one]\nregion = 5\n",
    ),
  );
  const regionOf = (name: string) => readProfile(name, paths)?.settings.get("region");
  assert.equal(["default", "one", "two words", "four"].map(regionOf), ["d", "5", "2", "4"]);
  for (const name of ["three", "bare", "five", ""]) assert.is(readProfile(name, paths), undefined, name);
});

format("resolves ~ in the variables that name the files", () => {
  const env = { AWS_CONFIG_FILE: "~/a/config", AWS_SHARED_CREDENTIALS_FILE: "~other/credentials" };
  assert.equal(profileFiles(env), [join(homedir(), "a/config"), "~other/credentials"]);
});
format.after(closeServers);
format.run();

const precedence = suite("the order of settings");
const CONFIG = `
[default]
region = of-default
output = text
[profile night]
region = of-night
output = csv
ca_bundle = /night.pem
endpoint_url = http://night
services = night-services
[profile plain]
endpoint_url = http://plain
[profile ignoring]
endpoint_url = http://ignoring
ignore_configured_endpoint_urls = true
[services night-services]
s3 =
  endpoint_url = http://s3
lookoutvision =
  endpoint_url = http://service
`;

for (const [name, given, env, expected] of [
  ["the default profile", {}, {}, ["of-default", "text", undefined, undefined]],
  ["a profile by AWS_PROFILE", {}, { AWS_PROFILE: "night" }, ["of-night", "csv", "/night.pem", "http://service"]],
  [
    "a profile by AWS_DEFAULT_PROFILE",
    {},
    { AWS_DEFAULT_PROFILE: "plain" },
    [undefined, undefined, undefined, "http://plain"],
  ],
  [
    "AWS_PROFILE before AWS_DEFAULT_PROFILE",
    {},
    { AWS_PROFILE: "plain", AWS_DEFAULT_PROFILE: "night" },
    [undefined, undefined, undefined, "http://plain"],
  ],
  [
    "--profile before both",
    { profile: "night" },
    { AWS_PROFILE: "plain", AWS_DEFAULT_PROFILE: "plain" },
    ["of-night", "csv", "/night.pem", "http://service"],
  ],
  [
    "variables before the profile",
    {},
    {
      AWS_PROFILE: "night",
      AWS_REGION: "r",
      AWS_DEFAULT_REGION: "no",
      AWS_DEFAULT_OUTPUT: "json",
      AWS_CA_BUNDLE: "/b.pem",
    },
    ["r", "json", "/b.pem", "http://service"],
  ],
  [
    "options before variables",
    { region: "o", output: "ndjson", "ca-bundle": "/o.pem", "endpoint-url": "http://o" },
    {
      AWS_PROFILE: "night",
      AWS_REGION: "r",
      AWS_DEFAULT_OUTPUT: "json",
      AWS_CA_BUNDLE: "/b.pem",
      AWS_ENDPOINT_URL: "http://no",
    },
    ["o", "ndjson", "/o.pem", "http://o"],
  ],
  [
    "the client reads the endpoint's variables",
    {},
    { AWS_PROFILE: "night", AWS_ENDPOINT_URL: "http://e" },
    ["of-night", "csv", "/night.pem", undefined],
  ],
  [
    "an endpoint that is ignored by the environment",
    {},
    { AWS_PROFILE: "plain", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "TRUE" },
    [undefined, undefined, undefined, undefined],
  ],
  [
    "an endpoint that is ignored by the profile",
    {},
    { AWS_PROFILE: "ignoring" },
    [undefined, undefined, undefined, undefined],
  ],
] as const)
  precedence(name, async () => {
    const settings = readSettings(given, { ...(await files(CONFIG)), ...env });
    const { region, output, caBundle, endpoint } = settings;
    assert.equal(
      [region, output, caBundle, endpoint].map((setting) => setting?.value),
      [...expected],
    );
  });

precedence("a profile that tells to ignore endpoints reaches the client, variables included", async () => {
  const env: NodeJS.ProcessEnv = { ...(await files(CONFIG)), AWS_PROFILE: "ignoring", AWS_ENDPOINT_URL: "http://e" };
  readSettings({}, env);
  assert.is(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, "true");
});

precedence("a profile that does not exist is an error, whoever asks for it", async () => {
  for (const [given, env] of [
    [{ profile: "nosuch" }, {}],
    [{}, { AWS_PROFILE: "nosuch" }],
    [{}, { AWS_DEFAULT_PROFILE: "nosuch" }],
  ] as const) {
    const all = { ...(await files(CONFIG)), ...env };
    assert.throws(() => readSettings(given, all), /^The config profile \(nosuch\) could not be found in /);
  }
});
precedence.run();

let server: StubServer;
const both = suite("list beside the AWS CLI");
both.before(async () => {
  server = await stubServer(() => ({ body: { ModelPackagingJobs: [{ JobName: "one", ProjectName: "p" }] } }));
});
both.after(() => server.close());

const KEYS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

/** The requests and the output of a command. */
type Outcome = { region: string | undefined; url: string | undefined; stdout: string };
function outcomeOf(stdout: string): Outcome {
  const seen = server.requests.splice(0).at(-1);
  const region = /Credential=[^/]+\/\d+\/([^/]+)/.exec(String(seen?.headers.authorization))?.[1];
  return { region, url: seen?.url, stdout };
}

const AWS = "/usr/bin/aws";
if (!existsSync(AWS))
  console.log(`left out: profiles beside the AWS CLI, which is not at ${AWS} (Debian's package awscli)`);

const JSON_OUT = ["--output", "json"];
for (const [name, config, credentials, env, args] of [
  ["nested keys", "[default]\nregion = us-west-1\ns3 =\n  region = us-west-2\noutput = json\n", "", {}, []],
  ["keys in capitals", "[default]\nREGION = us-west-1\n", "", {}, JSON_OUT],
  [
    "a region in the credentials file",
    "[default]\nregion = us-west-1\n",
    "[default]\nregion = us-west-2\n",
    {},
    JSON_OUT,
  ],
  ["AWS_DEFAULT_PROFILE", "[profile n]\nregion = us-west-1\noutput = text\n", "", { AWS_DEFAULT_PROFILE: "n" }, []],
  [
    "AWS_REGION before AWS_DEFAULT_REGION",
    "",
    "",
    { AWS_REGION: "us-west-1", AWS_DEFAULT_REGION: "us-west-2" },
    JSON_OUT,
  ],
  ["AWS_DEFAULT_OUTPUT", "[default]\nregion = us-west-1\noutput = json\n", "", { AWS_DEFAULT_OUTPUT: "text" }, []],
  ["a quoted name", '[profile "a b"]\nregion = us-west-1\n', "", { AWS_PROFILE: "a b" }, JSON_OUT],
  ["a profile of the credentials file", "", "[c]\nregion = us-west-1\n", { AWS_PROFILE: "c" }, JSON_OUT],
  ["--max-results", "[default]\nregion = us-west-1\n", "", {}, [...JSON_OUT, "--max-results", "7"]],
  ["--next-token", "[default]\nregion = us-west-1\n", "", {}, [...JSON_OUT, "--next-token", "abc"]],
  [
    "options that change nothing",
    "[default]\nregion = us-west-1\n",
    "",
    {},
    [...JSON_OUT, "--no-cli-pager", "--color", "off", "--no-cli-auto-prompt", "--cli-binary-format", "base64"],
  ],
  [
    "time-outs and certificates",
    "[default]\nregion = us-west-1\n",
    "",
    {},
    [...JSON_OUT, "--cli-read-timeout", "30", "--cli-connect-timeout", "30", "--no-verify-ssl"],
  ],
] as const)
  both(name, async () => {
    const all = { ...KEYS, ...(await files(config, credentials)), ...env };
    const line = ["--project-name", "p", "--endpoint-url", server.url, ...args];
    const ours = await run(["list", ...line], { env: all });
    assert.is(ours.stderr, "");
    const outcome = outcomeOf(ours.stdout);
    assert.is(outcome.region, name === "a region in the credentials file" ? "us-west-2" : "us-west-1");
    if (!existsSync(AWS)) return;
    const command = ["lookoutvision", "list-model-packaging-jobs", ...line];
    const theirs = await new Promise<string>((resolve, reject) =>
      execFile(AWS, command, { env: { ...environment, ...all } }, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      ),
    );
    assert.equal(outcome, outcomeOf(theirs));
  });

both(
  "endpoint_url and services of a profile lead to the server, which Debian's AWS CLI is too old to know",
  async () => {
    const config = (url: string) =>
      `[default]\nregion = us-west-1\n${url}\n[services s]\nlookoutvision =\n  endpoint_url = ${server.url}\n`;
    for (const url of [`endpoint_url = ${server.url}`, "services = s"]) {
      const { stdout, stderr } = await run(["list", "--project-name", "p", "--output", "text"], {
        env: { ...KEYS, ...(await files(config(url))) },
      });
      assert.is(stderr, "");
      assert.is(outcomeOf(stdout).url, "/2020-11-20/projects/p/modelpackagingjobs");
    }
  },
);

both("a fault in a profile is named by its key", async () => {
  for (const [setting, message] of [
    [
      "region = US",
      'region of the profile default must be lower-case letters, digits and hyphens, as in "us-east-1", not "US".',
    ],
    [
      "region = r\noutput = yaml",
      "output of the profile default: yaml is a format of the AWS CLI that is not supported. Use one of table, json, ndjson, csv, text, off.",
    ],
    [
      "region = r\nendpoint_url = nowhere",
      'endpoint_url of the profile default is "nowhere", which is not a URL. Give a URL such as http://127.0.0.1:4567.',
    ],
    [
      "region = r\nca_bundle = /nowhere.pem",
      "ca_bundle of the profile default names /nowhere.pem, which cannot be read: ENOENT.",
    ],
  ] as const) {
    const result = await run(["list", "--project-name", "p"], {
      env: { ...KEYS, ...(await files(`[default]\n${setting}\n`)) },
    });
    assert.equal(result, { code: 253, stdout: "", stderr: `packaging-jobs list: ${message}\n` });
  }
});
both.run();
