import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { breakingChanges } from "../scripts/spec-diff/breaking.ts";
import { run, type ToolResult } from "../scripts/tools.ts";

// biome-ignore lint/suspicious/noExplicitAny: a YAML document, changed by name
type Yaml = any;
type Change = (spec: Yaml, operation: Yaml) => unknown;

const PATH = "/2020-11-20/projects/{projectName}/modelpackagingjobs";
const base = await readFile("spec/openapi.yaml", "utf8");

function changed(change: Change): string {
  const spec: Yaml = parse(base);
  change(spec, spec.paths[PATH].get);
  return stringify(spec, { aliasDuplicateObjects: false });
}

const messages = async (change: Change) =>
  (await breakingChanges(base, changed(change))).map(({ message }) => message).sort();
const json = (response: Yaml) => response.content["application/json"];
const job = (spec: Yaml) => spec.components.schemas.ModelPackagingJobMetadata.properties;

const diff = suite("a change of the contract");

diff("names every promise that is broken, each once", async () => {
  const found = await messages((spec, operation) => {
    const { components } = spec;
    components.parameters.maxResults.schema.maximum = 50;
    components.parameters.maxResults.schema.default = 50;
    components.parameters.maxResults.required = true;
    components.schemas.ProjectName.pattern = "^[a-z]+$";
    components.schemas.ProjectName.maxLength = 100;
    components.schemas.PageToken.minLength = 1;
    operation.parameters.push({ name: "owner", in: "query", required: true, schema: { type: "string" } });
    job(spec).Status.enum.pop();
    delete job(spec).StatusMessage;
    job(spec).CreationTimestamp = { type: "string" };
    delete operation.responses["408"];
    delete components.responses.TooManyRequests.headers["Retry-After"];
    json(components.responses.Forbidden).schema.anyOf.pop();
    delete components.schemas.ThrottlingException.properties.QuotaCode;
    components.schemas.InternalFailure["x-retryable"] = false;
    operation["x-paginated"].outputToken = "Next";
    components.securitySchemes.sigv4["x-signing-name"] = "lookout";
    spec.info["x-service-id"] = "Lookout";
  });
  assert.equal(found, [
    "Member or error `QuotaCode` of `ThrottlingException` was removed.",
    "Member or error `StatusMessage` of `ModelPackagingJobMetadata` was removed.",
    "Member or error `UnrecognizedClientException` was removed.",
    "Required `owner` query parameter was added.",
    "Response `408` was removed.",
    "Response header `Retry-After` was removed.",
    "The default 100 was changed or removed.",
    "The value `FAILED` was removed.",
    "Type of `CreationTimestamp` widened from 'number' to 'string'.",
    "Upper bound changed from '<= 100' to '<= 50'.",
    "`format` of `CreationTimestamp` was removed.",
    "`maxLength` of `ProjectName` changed from '255' to '100'.",
    "`maxResults` query parameter became required.",
    "`minLength` of `PageToken` changed from '0' to '1'.",
    "`pattern` of `ProjectName` changed from '^[a-zA-Z0-9][a-zA-Z0-9_\\-]*$' to '^[a-z]+$'.",
    "`x-paginated` was changed or removed.",
    "`x-retryable` was changed or removed.",
    "`x-service-id` was changed or removed.",
    "`x-signing-name` was changed or removed.",
  ]);
});

const alone: readonly [name: string, message: RegExp, change: Change][] = [
  [
    "a path",
    /^Path .* was renamed/,
    ({ paths }) => {
      paths[`/v2${PATH}`] = paths[PATH];
      delete paths[PATH];
    },
  ],
  [
    "an input in the path, which only a caller in TypeScript notices",
    /^Input `projectName` was renamed to `project`/,
    (spec) => {
      spec.paths[PATH.replace("projectName", "project")] = spec.paths[PATH];
      delete spec.paths[PATH];
      spec.components.parameters.projectName.name = "project";
    },
  ],
  [
    "an operationId",
    /^`operationId` .* changed/,
    (_spec, operation) => Object.assign(operation, { operationId: "ListJobs" }),
  ],
  [
    "a method",
    /^Operation `GET .*` was removed/,
    ({ paths }) => {
      paths[PATH] = { post: paths[PATH].get };
    },
  ],
  [
    "the place of a parameter",
    /is now a header/,
    ({ components }) => Object.assign(components.parameters.maxResults, { in: "header" }),
  ],
  [
    "a type",
    /^Type narrowed/,
    ({ components }) => Object.assign(components.parameters.maxResults.schema, { type: "string" }),
  ],
];

for (const [name, message, change] of alone) {
  diff(`names a change of ${name}`, async () => {
    const found = await messages(change);
    assert.ok(
      found.some((text) => message.test(text)),
      JSON.stringify(found),
    );
  });
}

diff("says nothing of additions, wider inputs and other words", async () => {
  const found = await messages((spec, operation) => {
    const { components } = spec;
    components.parameters.maxResults.schema.maximum = 500;
    operation.parameters.push({ name: "owner", in: "query", schema: { type: "string" } });
    operation.description = "Lists them.";
    operation["x-codeSamples"].pop();
    operation.responses["409"] = { description: "Conflict." };
    spec.info["x-retired"].notice = "Gone.";
    job(spec).ComponentVersion = { type: "string" };
    // First in the list: every other error moves by one place.
    components.schemas.AccountSuspended = { ...components.schemas.ResourceNotFoundException, "x-retryable": true };
    json(components.responses.Forbidden).schema.anyOf.unshift({ $ref: "#/components/schemas/AccountSuspended" });
    // From one error to a choice of two.
    json(components.responses.Unauthorized).schema = {
      anyOf: [{ $ref: "#/components/schemas/AccountSuspended" }, { $ref: "#/components/schemas/NotAuthorized" }],
    };
    spec.paths["/models"] = { get: { ...operation, operationId: "ListModels", parameters: [] } };
  });
  assert.equal(found, []);
});

const command = suite("npm run spec-diff");
const script = resolve("scripts/spec-diff.ts");
const tsx = import.meta.resolve("tsx");
let repository: string;

const git = (...args: string[]) =>
  run("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], repository);
const compare = (revision: string): Promise<ToolResult> =>
  run(process.execPath, ["--import", tsx, script, revision], repository);

command.before(async () => {
  repository = await mkdtemp(join(tmpdir(), "spec-diff-test-"));
  await Promise.all(["spec", ".changeset"].map((folder) => mkdir(join(repository, folder))));
  await writeFile(join(repository, "spec/openapi.yaml"), base);
  await writeFile(join(repository, "package.json"), JSON.stringify({ name: "some-package", version: "0.3.0" }));
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "Base");
});

command.after(() => rm(repository, { recursive: true, force: true }));

command(
  "says where a document cannot be read, with exit code 2: the one here, or the one to compare with",
  async () => {
    await writeFile(join(repository, "spec/openapi.yaml"), "openapi: [\ninfo: {}\n");
    const here = await compare("HEAD");
    await git("commit", "--quiet", "--all", "--message", "Broken");
    await writeFile(join(repository, "spec/openapi.yaml"), base);
    const there = await compare("HEAD");
    await git("commit", "--quiet", "--all", "--message", "Mended");
    assert.equal([here.code, here.stdout, there.code, there.stdout], [2, "", 2, ""]);
    assert.match(here.stderr, /^spec-diff: spec\/openapi\.yaml:2: [^\n]+\n$/);
    assert.match(there.stderr, /^spec-diff: HEAD:spec\/openapi\.yaml:2: [^\n]+\n$/);
  },
);

command(
  "passes while nothing is broken, fails with its name when something is, passes when it is announced",
  async () => {
    const same = await compare("HEAD");
    assert.equal([same.code, same.stdout], [0, "spec/openapi.yaml breaks nothing of HEAD.\n"]);

    await writeFile(
      join(repository, "spec/openapi.yaml"),
      changed((spec) => delete spec.components.schemas.ThrottlingException.properties.QuotaCode),
    );
    const broken = await compare("HEAD");
    assert.is(broken.code, 1);
    assert.match(
      broken.stdout,
      "Member or error `QuotaCode` of `ThrottlingException` was removed. #/components/schemas/",
    );

    await writeFile(join(repository, ".changeset/quiet-owls.md"), '---\n"some-package": patch\n---\n\nLess.\n');
    assert.is((await compare("HEAD")).code, 1, "a patch announces nothing that breaks");
    await writeFile(join(repository, ".changeset/quiet-owls.md"), '---\n"some-package": minor\n---\n\nLess.\n');
    const announced = await compare("HEAD");
    assert.is(announced.code, 0);
    assert.match(announced.stdout, "A changeset announces it.");
  },
);

command("says that a revision has no contract to compare with", async () => {
  const { code, stderr } = await compare("no-such-revision");
  assert.is(code, 2);
  assert.match(stderr, /^spec-diff: cannot read spec\/openapi\.yaml at no-such-revision/);
});

diff.run();
command.run();
