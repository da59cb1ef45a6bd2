/** `list` loses no member of a job: neither a member that is added to the document, nor an unknown one. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { bundled, credentials, ended, root, run, scratch, start } from "./support/cli.ts";
import { generated } from "./support/generated.ts";
import { closeServers } from "./support/open-servers.ts";
import { type StubServer, stubServer } from "./support/stub-server.ts";

const P = ["--project-name", "circuit-boards"];
const ENVIRONMENT = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
};

const unknown = suite("a member that the document does not know");
const JOB = {
  TargetDevice: "jetson_xavier",
  JobName: "one",
  Tags: { line: [1, "a"] },
  CreationTimestamp: 1757836800.123456,
};
let server: StubServer;
let pages: (typeof JOB | { JobName: string; Late?: string })[][];
unknown.before(async () => {
  server = await stubServer(({ url }) => {
    const at = Number(new URL(url, "http://host").searchParams.get("nextToken") ?? 0);
    return { body: { ModelPackagingJobs: pages[at], ...(at + 1 < pages.length && { NextToken: `${at + 1}` }) } };
  });
});
unknown.before.each(() => {
  pages = [[JOB], [{ JobName: "two" }]];
});
unknown.after(() => server.close());
const list = (...args: string[]) =>
  run(["list", ...P, "--output", ...args], { env: { ...ENVIRONMENT, AWS_ENDPOINT_URL_LOOKOUTVISION: server.url } });

const PRINTED = {
  JobName: "one",
  CreationTimestamp: "2025-09-14T08:00:00.123456+00:00",
  TargetDevice: "jetson_xavier",
  Tags: JOB.Tags,
};

unknown("is printed after the others as json, ndjson and text", async () => {
  const [json, ndjson, text] = await Promise.all([list("json"), list("ndjson"), list("text")]);
  assert.is(json.stdout, `${JSON.stringify({ ModelPackagingJobs: [PRINTED, { JobName: "two" }] }, null, 4)}\n`);
  assert.is(ndjson.stdout, `${JSON.stringify(PRINTED)}\n{"JobName":"two"}\n`);
  assert.is(
    text.stdout,
    "MODELPACKAGINGJOBS\t2025-09-14T08:00:00.123456+00:00\tone\tjetson_xavier\nLINE\t1\nLINE\ta\nMODELPACKAGINGJOBS\ttwo\n",
  );
});

unknown("has a column of csv and of the table", async () => {
  const [csv, table] = await Promise.all([list("csv"), list("table")]);
  assert.match(csv.stdout, /^JobName,.*,LastUpdatedTimestamp,TargetDevice,Tags\n/);
  assert.match(
    csv.stdout,
    '\none,,,,,,,2025-09-14T08:00:00.123456+00:00,,jetson_xavier,"{""line"":[1,""a""]}"\ntwo,,,,,,,,,,\n',
  );
  assert.match(table.stdout, /MESSAGE +TARGET DEVICE +TAGS\none .*jetson_xavier +\{"line":\[1,"a"\]\}\ntwo /);
});

unknown("ends csv with an error when its header is printed already", async () => {
  pages = [[{ JobName: "one" }], [{ JobName: "two", Late: "x" }]];
  const { code, stderr } = await list("csv");
  assert.match(
    stderr,
    "Late of the job two has no column, since no job of the first page has it: use --output ndjson.",
  );
  assert.is(code, 255);
});
unknown.after(closeServers);
unknown.run();

const added = suite("a member added to the document");
added("passes from an inventory through serve, list and import unchanged", async () => {
  const document = parse(await readFile(`${root}spec/openapi.yaml`, "utf8"));
  const { properties } = document.components.schemas.ModelPackagingJobMetadata;
  document.components.schemas.ModelPackagingJobMetadata.properties = {
    JobName: properties.JobName,
    TargetDevice: { type: "string", description: "What the model is packaged for." },
    Checked: {
      type: "object",
      properties: { At: { type: "number", format: "epoch-seconds" } },
      description: "The check.",
    },
    ...properties,
  };
  const code = await generated(stringify(document));
  try {
    const command = await bundled(code.folder);
    const job = { ...JOB, ProjectName: "circuit-boards", Checked: { At: 1757836800.25 } };
    const input = `${JSON.stringify(job)}\n`;
    assert.is((await run(["import", "--store", "first.db", "-"], { command, input })).stderr, "");
    const ndjson = await served("first.db", command);
    assert.is(
      ndjson,
      '{"JobName":"one","TargetDevice":"jetson_xavier","Checked":{"At":"2025-09-14T08:00:00.250000+00:00"},"ProjectName":"circuit-boards","CreationTimestamp":"2025-09-14T08:00:00.123456+00:00","Tags":{"line":[1,"a"]}}\n',
    );
    assert.is((await run(["import", "--store", "copy.db", "-"], { command, input: ndjson })).stderr, "");
    assert.is(await served("copy.db", command), ndjson);
    // No job is new: the copy is equal to the microsecond.
    const again = await run(["import", "--store", "first.db", "-"], { command, input: ndjson });
    assert.is(again.stdout, "1 read, 0 new, 0 updated, 1 unchanged, 0 refused\n");
  } finally {
    code.remove();
  }
});

/** The output of `list` for a store, as ndjson. */
async function served(store: string, command: string): Promise<string> {
  const child = start(["serve", "--store", join(scratch, store), "--port", "0"], { command });
  const done = ended(child);
  try {
    let greeting = "";
    for await (const text of child.stdout) {
      greeting += text;
      if (/--endpoint-url .*\n/.test(greeting)) break;
    }
    const env = Object.fromEntries(
      [...greeting.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    const { stdout, stderr } = await run(["list", ...P, "--output", "ndjson"], { env, command });
    assert.is(stderr, "");
    return stdout;
  } finally {
    child.kill("SIGTERM");
    await done;
  }
}
added.run();
