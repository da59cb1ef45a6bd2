/** AWS's own credential chain where its package is installed, and the error where it is not. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type StubServer, stubServer } from "./support/stub-server.ts";

const test = suite<{ folder: string; server: StubServer }>("AWS's credential chain");
const root = fileURLToPath(new URL("..", import.meta.url));

/** Lists once and prints the outcome. */
const PROGRAM = `
import { createClient } from ${JSON.stringify(fileURLToPath(new URL("../src/index.ts", import.meta.url)))};
try {
  await createClient().listModelPackagingJobs({ projectName: "circuit-boards" });
  console.log("listed");
} catch (error) {
  console.log(String(error));
}
`;

/** A stand-in for `fromNodeProviderChain` of AWS's package, which this one does not depend on. */
const CHAIN = 'export { defaultProvider as fromNodeProviderChain } from "@aws-sdk/credential-provider-node";\n';

const PROFILES = `
[default]
aws_access_key_id = DEFAULT
aws_secret_access_key = secret
[night]
aws_access_key_id = NIGHT
aws_secret_access_key = secret
aws_session_token = token
`;

test.before(async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "credential-chain-"));
  context.folder = folder;
  context.server = await stubServer(() => ({ body: { ModelPackagingJobs: [] } }));
  await mkdir(join(folder, "home/.aws"), { recursive: true });
  await writeFile(join(folder, "home/.aws/credentials"), PROFILES);
  for (const place of ["without", "with"]) {
    const installed = join(folder, place, "node_modules");
    await mkdir(join(installed, "@aws-sdk/credential-providers"), { recursive: true });
    for (const name of ["aws4", "openapi-fetch", "@aws-sdk/credential-provider-node"])
      await symlink(join(root, "node_modules", name), join(installed, name));
    // The package is resolved from the program's folder.
    await build({
      stdin: { contents: PROGRAM, resolveDir: root },
      outfile: join(folder, place, "program.mjs"),
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
    });
  }
  await rm(join(folder, "without/node_modules/@aws-sdk/credential-providers"), { recursive: true });
  const name = join(folder, "with/node_modules/@aws-sdk/credential-providers");
  await writeFile(join(name, "package.json"), '{ "type": "module", "exports": "./index.js" }');
  await writeFile(join(name, "index.js"), CHAIN);
});

test.after(async ({ folder, server }) => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the program with these AWS variables and no others. */
function run(
  { folder, server }: { folder: string; server: StubServer },
  env: Record<string, string>,
  place = "with",
): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const child = spawn(process.execPath, ["program.mjs"], {
    cwd: join(folder, place),
    env: {
      ...Object.fromEntries(own),
      HOME: join(folder, "home"),
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL_LOOKOUTVISION: server.url,
      AWS_EC2_METADATA_DISABLED: "true",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (text) => {
    printed += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(printed.trim()));
  });
}

const lastKey = ({ requests }: StubServer) =>
  /Credential=([^/]+)/.exec(String(requests.at(-1)?.headers.authorization))?.[1];

test("a missing chain is an error that says what to set or install", async (context) => {
  assert.is(
    await run(context, { HOME: context.folder }, "without"),
    "CredentialsError: No credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give credentials. " +
      "For profiles, SSO, web identity, container and instance credentials: " +
      "npm install @aws-sdk/credential-providers",
  );
});

for (const [code, message] of [
  ['import "nowhere-to-be-found";', "Cannot find package 'nowhere-to-be-found'"],
  ['throw new Error("half installed");', "half installed"],
  ["export default {", "Unexpected end of input"],
])
  test(`a chain that is installed but broken fails with its own error: ${message}`, async (context) => {
    const broken = join(context.folder, "with/node_modules/@aws-sdk/credential-providers/index.js");
    await writeFile(broken, `${code}\n`);
    const said = await run(context, {}).finally(() => writeFile(broken, CHAIN));
    assert.match(said, `CredentialsError: The credentials provider failed: ${message}`);
    assert.not.match(said, "npm install");
  });

test("an installed chain reads profiles", async (context) => {
  assert.is(await run(context, {}), "listed");
  assert.is(lastKey(context.server), "DEFAULT");
  assert.is(await run(context, { AWS_PROFILE: "night" }), "listed");
  assert.is(lastKey(context.server), "NIGHT");
  assert.is(context.server.requests.at(-1)?.headers["x-amz-security-token"], "token");
});

test("keys in the environment come before the chain", async (context) => {
  const env = { AWS_ACCESS_KEY_ID: "ENV", AWS_SECRET_ACCESS_KEY: "secret", AWS_PROFILE: "night" };
  assert.is(await run(context, env), "listed");
  assert.is(lastKey(context.server), "ENV");
});

test("the chain asks for a container's credentials at the address in the environment", async (context) => {
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  const body = JSON.stringify({
    AccessKeyId: "CONTAINER",
    SecretAccessKey: "secret",
    Token: "token",
    Expiration: expiration,
  });
  const container = createServer((_, response) => response.end(body));
  await new Promise<void>((resolve) => container.listen(0, "127.0.0.1", resolve));
  const { port } = container.address() as AddressInfo;
  const env = { HOME: context.folder, AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/` };
  const printed = await run(context, env);
  container.closeAllConnections();
  container.close();
  assert.is(printed, "listed");
  assert.is(lastKey(context.server), "CONTAINER");
});

test("an unknown profile is an error that names the profile", async (context) => {
  assert.is(
    await run(context, { AWS_PROFILE: "nobody" }),
    "CredentialsError: AWS's provider chain gave no credentials for the profile nobody (AWS_PROFILE): " +
      "Could not load credentials from any providers",
  );
});

test.run();
