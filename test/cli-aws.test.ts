/**
 * `packaging-jobs list` prints the AWS CLI's output, which `scripts/aws-cli-fixtures.ts` recorded. When the AWS CLI is
 * installed, each command continues from the other's tokens.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Endpoint } from "../src/endpoint/index.ts";
import { environment, pasted, root, run, serveFixture, withoutPageTokens } from "./support/cli.ts";
import { closeServers } from "./support/open-servers.ts";

interface Fixture {
  readonly version: string;
  readonly outputs: readonly { readonly args: string[]; readonly code: number; readonly stdout: string }[];
}
const { version, outputs }: Fixture = JSON.parse(await readFile(`${root}test/fixtures/cli/aws-cli.json`, "utf8"));
const AT_ONCE = 3;

let endpoint: Endpoint;
const test = suite(`list prints what ${version} prints`);
test.before(async () => {
  endpoint = await serveFixture();
});
test.after(() => endpoint.close());

// Several commands run at once: starting them takes most of the time.
const started: ReturnType<typeof run>[] = [];
for (const [at, { args, code, stdout }] of outputs.entries()) {
  test(args.slice(2).join(" "), async () => {
    while (started.length < Math.min(at + AT_ONCE, outputs.length))
      started.push(run(["list", ...outputs[started.length]!.args], { env: pasted(endpoint) }));
    const ended = await started[at]!;
    assert.fixture(withoutPageTokens(ended.stdout), stdout);
    assert.is(ended.code, code, ended.stderr);
  });
}

/** Debian's AWS CLI, and not one of a version manager. */
const AWS = "/usr/bin/aws";
if (existsSync(AWS)) {
  const aws = async (args: readonly string[]) => {
    const all = ["lookoutvision", "list-model-packaging-jobs", "--endpoint-url", endpoint.url, ...args];
    const { stdout } = await promisify(execFile)(AWS, all, { env: { ...environment, ...pasted(endpoint) } });
    return stdout;
  };
  const ours = async (args: readonly string[]) => (await run(["list", ...args], { env: pasted(endpoint) })).stdout;

  test("each goes on from the other's token, in the middle of a page", async () => {
    const page = ["--project-name", "circuit-boards", "--page-size", "7", "--output", "json"];
    const [begunByAws, begunByUs] = await Promise.all([aws, ours].map((list) => list([...page, "--max-items", "10"])));
    const jobs = (...parts: string[]) => parts.flatMap((part) => JSON.parse(part).ModelPackagingJobs);
    const rest = (list: typeof ours, begun: string) => list([...page, "--starting-token", JSON.parse(begun).NextToken]);
    const [endedByUs, endedByAws] = await Promise.all([rest(ours, begunByAws!), rest(aws, begunByUs!)]);
    const all = jobs(await aws(page));
    assert.is(all.length, 24);
    assert.equal(jobs(begunByAws!, endedByUs!), all);
    assert.equal(jobs(begunByUs!, endedByAws!), all);
  });
} else console.log(`left out: tokens taken up by the AWS CLI, which is not at ${AWS} (Debian's package awscli)`);

test.after(closeServers);
test.run();
