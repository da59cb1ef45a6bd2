/**
 * The document compared with AWS's model of the service (`lookoutvision/2020-11-20/service-2.json` and
 * `paginators-1.json` of botocore). The facts below are copied from there, in the model's own words.
 */
import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";

const model = {
  metadata: { apiVersion: "2020-11-20", serviceId: "LookoutVision", signingName: "lookoutvision" },
  operation: {
    name: "ListModelPackagingJobs",
    http: { method: "GET", requestUri: "/2020-11-20/projects/{projectName}/modelpackagingjobs" },
    required: ["projectName"],
    members: {
      projectName: { location: "path", shape: "ProjectName" },
      maxResults: { location: "query", shape: "PageSize" },
      nextToken: { location: "query", shape: "PaginationToken" },
    },
    output: { required: [], members: { ModelPackagingJobs: "ModelPackagingJobsList", NextToken: "PaginationToken" } },
  },
  pagination: {
    inputToken: "nextToken",
    outputToken: "NextToken",
    pageSize: "maxResults",
    items: "ModelPackagingJobs",
  },
  metadataMembers: {
    JobName: "ModelPackagingJobName",
    ProjectName: "ProjectName",
    ModelVersion: "ModelVersion",
    ModelPackagingJobDescription: "ModelPackagingJobDescription",
    ModelPackagingMethod: "ModelPackagingMethod",
    Status: "ModelPackagingJobStatus",
    StatusMessage: "ModelPackagingStatusMessage",
    CreationTimestamp: "DateTime",
    LastUpdatedTimestamp: "DateTime",
  },
  shapes: {
    ProjectName: { type: "string", max: 255, min: 1, pattern: "[a-zA-Z0-9][a-zA-Z0-9_\\-]*" },
    PaginationToken: { type: "string", max: 2048, pattern: "^[a-zA-Z0-9\\/\\+\\=]{0,2048}$" },
    PageSize: { type: "integer", max: 100, min: 1 },
    ModelPackagingJobName: { type: "string", max: 64, min: 1, pattern: "[a-zA-Z0-9-]+" },
    ModelVersion: { type: "string", max: 10, min: 1, pattern: "([1-9][0-9]*|latest)" },
    ModelPackagingJobDescription: { type: "string", max: 256, min: 1, pattern: "[a-zA-Z0-9-_. ()':,;?]+" },
    ModelPackagingMethod: { type: "string", max: 32, min: 1, pattern: "^[a-zA-Z0-9]+" },
    ModelPackagingJobStatus: { type: "string", enum: ["CREATED", "RUNNING", "SUCCEEDED", "FAILED"] },
    ModelPackagingStatusMessage: { type: "string" },
    DateTime: { type: "timestamp" },
    ExceptionString: { type: "string" },
    ResourceType: { type: "string", enum: ["PROJECT", "DATASET", "MODEL", "TRIAL", "MODEL_PACKAGE_JOB"] },
    RetryAfterSeconds: { type: "integer" },
  } as Record<string, Shape>,
  errors: {
    AccessDeniedException: { status: 403, required: ["Message"], members: { Message: "ExceptionString" }, headers: {} },
    InternalServerException: {
      status: 500,
      required: ["Message"],
      members: { Message: "ExceptionString" },
      headers: { "Retry-After": "RetryAfterSeconds" },
    },
    ResourceNotFoundException: {
      status: 404,
      required: ["Message", "ResourceId", "ResourceType"],
      members: { Message: "ExceptionString", ResourceId: "ExceptionString", ResourceType: "ResourceType" },
      headers: {},
    },
    ThrottlingException: {
      status: 429,
      required: ["Message"],
      members: { Message: "ExceptionString", QuotaCode: "ExceptionString", ServiceCode: "ExceptionString" },
      headers: { "Retry-After": "RetryAfterSeconds" },
    },
    ValidationException: { status: 400, required: ["Message"], members: { Message: "ExceptionString" }, headers: {} },
  },
};

/**
 * The names and statuses of the API reference's "Common Errors", and of errors of the signing front end and restJson1.
 */
const commonErrors: Record<string, number[]> = {
  AccessDeniedException: [403],
  ExpiredTokenException: [403],
  IncompleteSignature: [400, 403],
  IncompleteSignatureException: [403],
  InternalFailure: [500],
  InvalidClientTokenId: [403],
  InvalidSignatureException: [403],
  MalformedHttpRequestException: [400],
  MissingAuthenticationToken: [403],
  MissingAuthenticationTokenException: [403],
  NotAuthorized: [400, 401],
  OptInRequired: [403],
  RequestAbortedException: [400],
  RequestEntityTooLargeException: [413],
  RequestExpired: [400],
  RequestTimeoutException: [408],
  SerializationException: [400],
  ServiceUnavailable: [503],
  ThrottlingException: [400],
  UnknownOperationException: [404],
  UnrecognizedClientException: [403],
  ValidationError: [400],
};

/** Members and errors of the document that AWS's model does not have, added on purpose: `place name`. */
const BEYOND: ReadonlySet<string> = new Set([]);

const regions = [
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "eu-central-1",
  "eu-west-1",
  "ap-northeast-1",
  "ap-northeast-2",
];

/** A shape in the model's words; a length and a range are both `min` and `max` there. */
interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: a YAML document, read by name
type Yaml = any;
const spec: Yaml = parse(await readFile("spec/openapi.yaml", "utf8"));
const { requestUri } = model.operation.http;
const operation = spec.paths[requestUri]?.get;

function follow(node: Yaml): Yaml {
  if (typeof node?.$ref !== "string") return node;
  const found = node.$ref
    .slice(2)
    .split("/")
    .reduce((at: Yaml, key: string) => at[key], spec);
  return follow(found);
}

/** A schema of the contract in the model's words, every keyword of it accounted for. */
function shapeOf(node: Yaml): Shape {
  const { description, example, default: _default, format, ...schema } = follow(node);
  const { type, minLength, maxLength, minimum, maximum, pattern, enum: values, ...rest } = schema;
  assert.equal(rest, {}, `keywords that the model has no word for: ${Object.keys(rest)}`);
  const min = minimum ?? (minLength === 0 ? undefined : minLength);
  const max = maximum ?? maxLength;
  return {
    type: type === "number" && format === "epoch-seconds" ? "timestamp" : type,
    ...(max !== undefined && { max }),
    ...(min !== undefined && { min }),
    ...(pattern !== undefined && { pattern: bare(pattern) }),
    ...(values !== undefined && { enum: values }),
  };
}

/** A pattern without its anchors and without escapes that change nothing, which the `u` flag refuses. */
const bare = (pattern: string) => pattern.replace(/^\^|\$$/g, "").replace(/\\([/+=])/g, "$1");

function named(name: string): Shape {
  const { pattern, ...shape } = model.shapes[name]!;
  return { ...shape, ...(pattern !== undefined && { pattern: bare(pattern) }) };
}

const shapesOf = (members: Record<string, Yaml>) =>
  Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, shapeOf(schema)]));
const namedAll = (members: Record<string, string>) =>
  Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, named(shape)]));

/** Prints each difference in a line that names the member: a diff of whole objects would hide it. */
function assertAsModel(place: string, found: Record<string, unknown>, expected: Record<string, unknown>): void {
  const lines: string[] = [];
  for (const name of new Set([...Object.keys(found), ...Object.keys(expected)])) {
    const [ours, theirs] = [JSON.stringify(found[name]), JSON.stringify(expected[name])];
    if (ours === theirs || BEYOND.has(`${place} ${name}`)) continue;
    if (theirs === undefined)
      lines.push(
        `${place} ${name} is not in AWS's model: take it out of spec/openapi.yaml, or add "${place} ${name}" to BEYOND in test/spec-facts.test.ts`,
      );
    else if (ours === undefined) lines.push(`${place} ${name} of AWS's model is missing: add it to spec/openapi.yaml`);
    else lines.push(`${place} ${name} is ${ours} and in AWS's model ${theirs}: change spec/openapi.yaml`);
  }
  if (lines.length > 0) throw new Error(lines.join("\n"));
}

const facts = suite("the contract beside AWS's model");

facts("has its service, version, method and path", () => {
  const scheme = spec.components.securitySchemes.sigv4;
  assert.equal(model.metadata, {
    apiVersion: spec.info.version,
    serviceId: spec.info["x-service-id"],
    signingName: scheme["x-signing-name"],
  });
  assert.is(operation?.operationId, model.operation.name);
  assert.is(spec.servers[0].url, "https://lookoutvision.{region}.amazonaws.com");
  assert.equal(spec.servers[0].variables.region.enum, regions);
});

facts("has its inputs, no more and no fewer, with their places and constraints", () => {
  const parameters: Yaml[] = operation.parameters.map(follow);
  const found = parameters.map(({ name, in: location, schema }) => [name, { location, shape: shapeOf(schema) }]);
  const expected = Object.entries(model.operation.members).map(([name, { location, shape }]) => [
    name,
    { location, shape: named(shape) },
  ]);
  assertAsModel("input", Object.fromEntries(found), Object.fromEntries(expected));
  assert.equal(
    parameters.filter(({ required }) => required).map(({ name }) => name),
    model.operation.required,
  );
  assert.is(follow(operation.parameters[1]).schema.default, 100);
  assert.is(operation.requestBody, undefined);
});

facts("has its output, no member of which is required", () => {
  assert.equal(
    Object.keys(operation.responses).filter((status) => status < "300"),
    ["200"],
  );
  const output = follow(operation.responses["200"].content["application/json"].schema);
  assert.equal(output.required ?? [], model.operation.output.required);
  const membersOf = (members: object) => Object.fromEntries(Object.keys(members).map((name) => [name, "a member"]));
  assertAsModel("output", membersOf(output.properties), membersOf(model.operation.output.members));
  assert.equal(shapeOf(output.properties.NextToken), named("PaginationToken"));
  const { description, items, ...list } = output.properties.ModelPackagingJobs;
  assert.equal(list, { type: "array" });
  const job = follow(items);
  assert.is(job.required, undefined);
  assertAsModel("job", shapesOf(job.properties), namedAll(model.metadataMembers));
});

facts("has its paginator", () => {
  assert.equal(operation["x-paginated"], model.pagination);
});

for (const [name, error] of Object.entries(model.errors)) {
  facts(`has ${name} with its status, members and headers`, () => {
    const response = follow(operation.responses[error.status]);
    const { schema } = response.content["application/json"];
    const allowed: Yaml[] = schema.anyOf ?? [schema];
    assert.ok(allowed.some(({ $ref }) => $ref === `#/components/schemas/${name}`));
    const found = spec.components.schemas[name];
    assert.equal(found.required, error.required);
    assertAsModel(name, shapesOf(found.properties), namedAll(error.members));
    for (const [header, shape] of Object.entries(error.headers)) {
      assert.equal(shapeOf(follow(response.headers[header]).schema), named(shape));
    }
  });
}

facts("names each error under its statuses and no other", () => {
  const expected = new Map<string, Set<number>>();
  const add = (name: string, status: number) =>
    expected.set(name, (expected.get(name) ?? new Set<number>()).add(status));
  for (const [name, { status }] of Object.entries(model.errors)) add(name, status);
  for (const [name, statuses] of Object.entries(commonErrors)) for (const status of statuses) add(name, status);

  const found = new Map<string, Set<number>>();
  for (const [status, response] of Object.entries(operation.responses)) {
    if (status === "200") continue;
    const { schema } = follow(response).content["application/json"];
    for (const { $ref } of schema.anyOf ?? [schema]) {
      const name = $ref.split("/").pop();
      found.set(name, (found.get(name) ?? new Set<number>()).add(Number(status)));
    }
  }
  const plain = (map: typeof found) =>
    Object.fromEntries([...map].sort().map(([name, statuses]) => [name, [...statuses].sort()]));
  assertAsModel("error", plain(found), plain(expected));
});

facts("accepts with its anchored patterns exactly what the model's patterns match as a whole", () => {
  const pairs: [string, Yaml][] = [
    ["ProjectName", spec.components.schemas.ProjectName],
    ["PaginationToken", spec.components.schemas.PageToken],
    ...Object.entries(model.metadataMembers).map(([member, shape]): [string, Yaml] => [
      shape,
      follow(spec.components.schemas.ModelPackagingJobMetadata.properties[member]),
    ]),
  ];
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(..."aZ09-_+/=.,:;?()' \n\\$^|\u00e9") }),
    fc.constantFrom("latest", "latestlatest", "10", "01", "a\n", ""),
  );
  for (const [name, { pattern }] of pairs) {
    const theirs = model.shapes[name]?.pattern;
    assert.is(pattern === undefined, theirs === undefined, name);
    if (theirs === undefined) continue;
    const whole = new RegExp(`^(?:${theirs})$`);
    const ours = new RegExp(pattern, "u");
    fc.assert(fc.property(text, (value) => ours.test(value) === whole.test(value)));
  }
});

facts.run();
