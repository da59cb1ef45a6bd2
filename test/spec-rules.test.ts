import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Document, parseDocument, visit } from "yaml";
import { redocly, runTool } from "../scripts/tools.ts";

/** A change to the real document, and the rules that must refuse it. */
interface Fixture {
  readonly name: string;
  readonly rules: readonly string[];
  /** A word of the finding: the name, value or keyword that is wrong. */
  readonly says: string;
  readonly change: (spec: Document) => void;
}

const operation = ["paths", "/2020-11-20/projects/{projectName}/modelpackagingjobs", "get"];
const parameter = (name: string) => ["components", "parameters", name];
const schema = (name: string) => ["components", "schemas", name];
const response = (name: string) => ["components", "responses", name, "content", "application/json"];
const addParameter = (spec: Document, value: object) =>
  spec.addIn([...operation, "parameters"], spec.createNode({ in: "query", description: "Added.", ...value }));

const fixtures: readonly Fixture[] = [
  {
    name: "a pattern as AWS writes it, which the u flag refuses",
    rules: ["pattern-unicode"],
    says: "u flag",
    change: (spec) => spec.setIn([...schema("PageToken"), "pattern"], "^[a-zA-Z0-9\\/\\+\\=]{0,2048}$"),
  },
  {
    name: "a pattern without its end anchor",
    rules: ["pattern-anchored"],
    says: "^[a-zA-Z0-9]+",
    change: (spec) =>
      spec.setIn(
        [...schema("ModelPackagingJobMetadata"), "properties", "ModelPackagingMethod", "pattern"],
        "^[a-zA-Z0-9]+",
      ),
  },
  {
    name: "a pattern whose alternatives are each anchored at one end only",
    rules: ["pattern-anchored"],
    says: "^[1-9][0-9]*|latest$",
    change: (spec) =>
      spec.setIn(
        [...schema("ModelPackagingJobMetadata"), "properties", "ModelVersion", "pattern"],
        "^[1-9][0-9]*|latest$",
      ),
  },
  {
    name: "a pattern that ends in an escaped dollar sign",
    rules: ["pattern-anchored"],
    says: "\\$",
    change: (spec) =>
      spec.setIn([...schema("ModelPackagingJobMetadata"), "properties", "JobName", "pattern"], "^[a-z0-9-]+\\$?"),
  },
  {
    name: "a string parameter without a largest length",
    rules: ["input-bounded"],
    says: "projectName is sent by the caller and has no maxLength",
    change: (spec) => spec.deleteIn([...schema("ProjectName"), "maxLength"]),
  },
  {
    name: "a number parameter with one bound",
    rules: ["input-bounded"],
    says: "maxResults is sent by the caller and has no minimum",
    change: (spec) => spec.deleteIn([...parameter("maxResults"), "schema", "minimum"]),
  },
  {
    name: "an unbounded member deep inside a request body",
    rules: ["input-bounded"],
    says: "Tags[].Key",
    change: (spec) =>
      spec.setIn([...operation, "requestBody"], {
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: {
                Tags: {
                  type: "array",
                  maxItems: 50,
                  items: { type: "object", properties: { Key: { type: "string" } } },
                },
              },
            },
          },
        },
      }),
  },
  {
    name: "an operationId in lower camel case",
    rules: ["operation-aws-id"],
    says: "ListModels",
    change: (spec) => spec.setIn([...operation, "operationId"], "listModelPackagingJobs"),
  },
  {
    name: "an operation without an operationId",
    rules: ["operation-aws-id"],
    says: "ListModels",
    change: (spec) => spec.deleteIn([...operation, "operationId"]),
  },
  {
    name: "an operation that may be called unsigned",
    rules: ["operation-signed"],
    says: "ListModelPackagingJobs",
    change: (spec) => spec.setIn([...operation, "security"], [{ sigv4: [] }, {}]),
  },
  {
    name: "a scheme that does not say for which service to sign",
    rules: ["operation-signed"],
    says: "Signature Version 4",
    change: (spec) => spec.deleteIn(["components", "securitySchemes", "sigv4", "x-signing-name"]),
  },
  {
    name: "a page token without pagination metadata",
    rules: ["operation-paginated"],
    says: "nextToken",
    change: (spec) => spec.deleteIn([...operation, "x-paginated"]),
  },
  {
    name: "pagination by an input that does not exist",
    rules: ["operation-paginated"],
    says: "pageToken",
    change: (spec) => spec.setIn([...operation, "x-paginated", "inputToken"], "pageToken"),
  },
  {
    name: "pagination over a member that does not exist",
    rules: ["operation-paginated"],
    says: "Page.Jobs",
    change: (spec) => spec.setIn([...operation, "x-paginated", "items"], "Page.Jobs"),
  },
  {
    name: "pagination over a member that is no list",
    rules: ["operation-paginated"],
    says: "neither an array nor a map",
    change: (spec) => spec.setIn([...operation, "x-paginated", "items"], "NextToken"),
  },
  {
    name: "a successful response without an example",
    rules: ["response-example"],
    says: "example",
    change: (spec) => spec.deleteIn([...operation, "responses", "200", "content", "application/json", "examples"]),
  },
  {
    name: "an error without an example of its own",
    rules: ["error-example"],
    says: "OptInRequired",
    change: (spec) => spec.deleteIn([...response("Forbidden"), "examples", "OptInRequired"]),
  },
  {
    name: "a pseudo status, as the only other description of the service has them",
    rules: ["error-status"],
    says: "480",
    change: (spec) => spec.setIn([...operation, "responses", "480"], { $ref: "#/components/responses/Unauthorized" }),
  },
  {
    name: "errors under a range of statuses",
    rules: ["error-status"],
    says: "5XX",
    change: (spec) => spec.setIn([...operation, "responses", "5XX"], { $ref: "#/components/responses/Unavailable" }),
  },
  {
    name: "an error written in place, so that it has no name",
    rules: ["error-named"],
    says: "components/schemas",
    change: (spec) =>
      spec.setIn([...response("Unavailable"), "schema"], {
        type: "object",
        "x-retryable": true,
        required: ["Message"],
        properties: { Message: { type: "string", description: "What went wrong." } },
      }),
  },
  {
    name: "an error response without a schema",
    rules: ["error-named"],
    says: "503",
    change: (spec) => spec.deleteIn(["components", "responses", "Unavailable", "content"]),
  },
  {
    name: "an error that does not require its Message",
    rules: ["error-message"],
    says: "ServiceUnavailable",
    change: (spec) => spec.deleteIn([...schema("ServiceUnavailable"), "required"]),
  },
  {
    name: "an error that does not say whether to call again",
    rules: ["error-retryable"],
    says: "InternalFailure",
    change: (spec) => spec.deleteIn([...schema("InternalFailure"), "x-retryable"]),
  },
  {
    name: "HTML in a description",
    rules: ["description-markdown"],
    says: "<p>",
    change: (spec) => spec.setIn([...operation, "description"], "<p>Lists the packaging jobs of a project.</p>"),
  },
  {
    name: "a member without a description",
    rules: ["description-present"],
    says: "StatusMessage",
    change: (spec) =>
      spec.deleteIn([...schema("ModelPackagingJobMetadata"), "properties", "StatusMessage", "description"]),
  },
  {
    name: "an example that breaks its schema",
    rules: ["example-valid"],
    says: "Status",
    change: (spec) =>
      spec.setIn(["components", "examples", "LastPage", "value", "ModelPackagingJobs", 0, "Status"], "DONE"),
  },
  {
    name: "an example of an error that only another error of its status would fit",
    rules: ["example-valid"],
    says: "ResourceType",
    change: (spec) => spec.deleteIn(["components", "examples", "ResourceNotFoundException", "value", "ResourceType"]),
  },
  {
    name: "a parameter's example out of range",
    rules: ["example-valid"],
    says: "100",
    change: (spec) => spec.setIn([...parameter("maxResults"), "example"], 101),
  },
  {
    name: "a misspelt extension",
    rules: ["extension-known"],
    says: "x-pagination",
    change: (spec) => spec.setIn([...operation, "x-pagination"], { inputToken: "nextToken" }),
  },
  {
    name: "an extension of the wrong shape",
    rules: ["extension-known", "error-retryable"],
    says: "x-retryable",
    change: (spec) => spec.setIn([...schema("ThrottlingException"), "x-retryable"], "sometimes"),
  },
  {
    name: "an example with a misspelt member, which no schema without required members would catch",
    rules: ["example-valid"],
    says: "ModelPackagingJobs.0.JobNmae",
    change: (spec) =>
      spec.setIn(["components", "examples", "LastPage", "value", "ModelPackagingJobs", 0, "JobNmae"], "a"),
  },
];

/** Documents that the rules must accept. */
const harmless: readonly Omit<Fixture, "rules" | "says">[] = [
  { name: "the document itself", change: () => {} },
  {
    name: "HTML-like text in a code span, and a link in angle brackets",
    change: (spec) => spec.setIn([...operation, "description"], "Send `<name>`; see <https://example.com/a>."),
  },
  {
    name: "a client token, which is no page token, and an enum, which bounds itself",
    change: (spec) => {
      addParameter(spec, { name: "clientToken", schema: { type: "string", maxLength: 64 }, example: "a" });
      addParameter(spec, { name: "order", schema: { type: "string", enum: ["up", "down"] }, example: "up" });
    },
  },
  {
    name: "alternatives inside a group, anchored around it",
    change: (spec) =>
      spec.setIn(
        [...schema("ModelPackagingJobMetadata"), "properties", "JobName", "pattern"],
        "^(circuit|[(|]b|\\(c)+.*$",
      ),
  },
];

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly source: string;
}

const rulesets = suite("the ruleset of the contract");
const ruleset = parseDocument(await readFile("spec/spectral.yaml", "utf8")).toJS() as {
  rules: Record<string, { description?: string; severity?: string; documentationUrl?: string } | string>;
};
const ownRules = Object.entries(ruleset.rules).filter(([, rule]) => typeof rule === "object");

let folder: string;
let findings: Finding[];
const file = (kind: string, index: number) => join(folder, `${kind}-${index}.yaml`);

rulesets.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "spec-rules-"));
  const source = await readFile("spec/openapi.yaml", "utf8");
  const write = async (to: string, change: Fixture["change"]) => {
    const spec = parseDocument(source);
    change(spec);
    visit(spec, { Scalar: (_key, node) => void delete node.comment });
    await writeFile(to, spec.toString({ lineWidth: 0 }));
  };
  await Promise.all([
    ...fixtures.map(({ change }, index) => write(file("broken", index), change)),
    ...harmless.map(({ change }, index) => write(file("harmless", index), change)),
  ]);
  // Without the stock rules, which take most of the time.
  const functionsDir = relative(folder, resolve("spec/rules"));
  const rules = join(folder, "rules.json");
  await writeFile(
    rules,
    JSON.stringify({ ...ruleset, extends: [], rules: Object.fromEntries(ownRules), functionsDir }),
  );
  const args = ["lint", join(folder, "*.yaml"), "--ruleset", rules, "--format", "json", "--quiet"];
  const { stdout, stderr } = await runTool("@stoplight/spectral-cli", args, "spectral");
  assert.is(stderr, "");
  findings = JSON.parse(stdout) as Finding[];
});

rulesets.after(() => rm(folder, { recursive: true, force: true }));

for (const [index, { name, rules, says }] of fixtures.entries()) {
  rulesets(`${rules[0]} catches ${name}`, () => {
    const own = new Set(ownRules.map(([rule]) => rule));
    const found = findings.filter(({ source, code }) => source === file("broken", index) && own.has(code));
    assert.equal([...new Set(found.map(({ code }) => code))].sort(), [...rules].sort());
    assert.ok(
      found.some(({ message }) => message.includes(says)),
      `${JSON.stringify(found.map(({ message }) => message))} should speak of ${says}`,
    );
  });
}

for (const [index, { name }] of harmless.entries()) {
  rulesets(`finds nothing in ${name}`, () => {
    assert.equal(
      findings.filter(({ source }) => source === file("harmless", index)),
      [],
    );
  });
}

rulesets("gives every rule a description, a severity, a link and a fixture that it catches", () => {
  assert.ok(ownRules.length >= 15);
  for (const [name, rule] of ownRules) {
    assert.type(rule, "object");
    if (typeof rule === "string") continue;
    assert.ok(rule.description, name);
    assert.is(rule.severity, "error", name);
    assert.match(rule.documentationUrl ?? "", /^https:\/\//, name);
    assert.ok(
      fixtures.some(({ rules }) => rules.includes(name)),
      `${name} has no fixture`,
    );
  }
});

rulesets("is joined by Redocly's strict rules, which pass too and stay silent on Node 20's age", async () => {
  const [passes, fails] = await Promise.all(
    ["spec/openapi.yaml", file("broken", fixtures.length - 1)].map((spec) =>
      redocly(["lint", spec, "--config", "spec/redocly.yaml"]),
    ),
  );
  assert.is(passes?.code, 0, passes?.stderr);
  assert.not.match(passes?.stderr ?? "", /╔|Deprecation/);
  assert.is(fails?.code, 1, "a member that the example's schema does not name");
});

rulesets.run();
