// biome-ignore-all lint/suspicious/noTemplateCurlyInString: text that looks like a template is what is tested

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { stringify } from "yaml";
import { InputError } from "../src/errors.ts";
import { rejection } from "./support/client.ts";
import { type Generated, generated } from "./support/generated.ts";
import { type LooseClient, looseClient } from "./support/loose-client.ts";
import { type StubServer, stubServer } from "./support/stub-server.ts";

/** Text that ends a comment, a string, a template or a line, in what is written around it. */
const HOSTILE = "*/ \"'`${process.exit(9)}\\ \r\n// </script>\n@ts-ignore \u2028 \u{1f4e6}";
/** A promise that is resolved with it must not take it for another. */
const THENABLE = '{"then":"then"}';
const NAMES = [
  ..."class default delete new enum async await length name then toJSON 1 01 1e3 -1 2nd * a.b a-b".split(" "),
  ...["a b", "naïve", "日本", 'quo"te', "back`tick", "new\nline", "dollar${x}", "back\\slash", "*/", "\u2028"],
];
const ENUM = [...NAMES, "", "\n// not a comment\n", "'", true, false, 0, -1.5, null];
const IDS = ["Default", "Class", "Function", "New", "Await", "Constructor2", "Arguments", "Eval", "Undefined"];
const SCHEMAS = [
  "Date",
  "Promise",
  "Array",
  "Response",
  "KMSKey",
  "Kms_Key",
  "simple-user",
  "foo.bar",
  "default",
  "string",
];

const members = Object.fromEntries(NAMES.map((name) => [name, { type: "string", description: HOSTILE }]));
const success = { 200: { description: HOSTILE, content: { "application/json": { schema: ref("Everything") } } } };

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: HOSTILE, version: "1", "x-service-id": "Awkward", "x-retired": { on: HOSTILE, notice: HOSTILE } },
  servers: [{ url: "https://awkward.example.com" }],
  security: [{ sigv4: [] }],
  paths: {
    ...Object.fromEntries(
      IDS.map((operationId) => [
        `/${operationId}`,
        { get: { operationId, description: HOSTILE, deprecated: true, responses: success } },
      ]),
    ),
    "/a'(b)~c!$&*+,;=@%C3%A9:{class}.json": {
      put: {
        operationId: "PutEverything",
        summary: HOSTILE,
        parameters: [
          { name: "class", in: "path", required: true, schema: { type: "string" } },
          {
            name: "enum[]",
            in: "query",
            description: HOSTILE,
            schema: { type: "array", items: { enum: ["a", "b"], type: "string" } },
          },
          { name: "If-Match", in: "header", schema: { type: "string", pattern: "^[^*/`]+$" } },
        ],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object", required: ["delete"], properties: without(members, "class") },
            },
          },
        },
        responses: {
          ...success,
          default: { description: "-", content: { "application/json": { schema: ref("error-v.2") } } },
        },
      },
    },
  },
  components: {
    securitySchemes: readScheme(),
    schemas: {
      ...Object.fromEntries(
        SCHEMAS.map((name) => [name, { type: "object", properties: { self: ref(name), at: { type: "string" } } }]),
      ),
      When: { type: "number", format: "epoch-seconds" },
      Mixed: { enum: ENUM, description: HOSTILE },
      Everything: {
        type: "object",
        properties: {
          ...members,
          mixed: ref("Mixed"),
          date: ref("Date"),
          when: ref("When"),
          text: { type: "string", pattern: "^[*/`${}'\"\\\\\\n]*$", default: HOSTILE, examples: [HOSTILE] },
        },
      },
      "error-v.2": { type: "object", description: HOSTILE, properties: { message: { type: "string" } } },
    },
  },
};

function without(from: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = from;
  return rest;
}

function readScheme(): unknown {
  const scheme = { type: "apiKey", in: "header", name: "Authorization" };
  return { sigv4: { ...scheme, "x-amazon-apigateway-authtype": "awsSigv4", "x-signing-name": "awkward" } };
}

/** Uses every name from outside. */
const PROGRAM = `
import { clientFor } from "../../src/client.ts";
import { contract, type Date as Day, type KMSKey, type Kms_Key, type Mixed, type Operations } from "./index.ts";
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proved = <_ extends true>() => {};
export const createClient = clientFor(contract);
export async function check(client: ReturnType<typeof createClient>, key: KMSKey & Kms_Key): Promise<void> {
  const everything = await client.putEverything({ class: "c", delete: "d", "1": "", "1e3": "", "日本": "", "\\u2028": "" });
  proved<Equal<typeof everything.when, Date | undefined>>();
  proved<Equal<typeof everything.date, Day | undefined>>();
  proved<Equal<typeof key.self, (KMSKey & Kms_Key)["self"]>>();
  proved<Equal<Mixed, ${ENUM.map((value) => JSON.stringify(value)).join(" | ")}>>();
  proved<Equal<keyof Operations, ${[...IDS, "PutEverything"].map((id) => JSON.stringify(id[0]?.toLowerCase() + id.slice(1))).join(" | ")}>>();
  await client.default();
  await client.new({}, { timeout: 1 });
  // @ts-expect-error: required
  await client.putEverything({ class: "c" });
}
`;

const test = suite<{ awkward: Generated; server: StubServer; client: LooseClient }>(
  "names and texts that are awkward in code",
);
test.before(async (context) => {
  context.awkward = await generated(stringify(DOCUMENT, { aliasDuplicateObjects: false }));
  context.server = await stubServer(() => ({
    body: { ...JSON.parse(THENABLE), when: 1, class: "class", "*": "star" },
  }));
  context.client = looseClient(context.awkward.contract, context.server.url);
});
test.after(async ({ awkward, server }) => {
  awkward?.remove();
  await server?.close();
});

test("the generated code compiles, and its types are those of the document", ({ awkward }) => {
  assert.equal(awkward.complaints(PROGRAM), []);
});

test("every name reaches the wire as it is", async ({ client, server }) => {
  const body = Object.fromEntries(NAMES.map((name) => [name, name]).filter(([name]) => name !== "class"));
  const answer = await client.call("putEverything", {
    ...body,
    class: "a/b",
    "enum[]": ["a", "b"],
    "If-Match": '"x, y"',
  });
  assert.equal(answer, {
    ...JSON.parse(THENABLE),
    when: new Date(1000),
    class: "class",
    "*": "star",
    requestId: undefined,
  });
  const [request] = server.requests;
  assert.is(request?.url, "/a'(b)~c!$&*+,;=@%C3%A9:a%2Fb.json?enum[]=a&enum[]=b");
  assert.is(request?.headers["if-match"], '"x, y"');
  assert.equal(JSON.parse(request?.body ?? ""), body);
});

test("every operation is called by its name, without an input", async ({ client, server }) => {
  for (const id of IDS) {
    await client.call(`${id[0]?.toLowerCase()}${id.slice(1)}`);
    assert.is(server.requests.at(-1)?.url, `/${id}`);
  }
});

test("every member is checked under its own name", async ({ client }) => {
  for (const name of NAMES) {
    const input = { class: "c", delete: "d", [name]: 7 };
    const error = await rejection(client.call("putEverything", input));
    assert.instance(error, InputError);
    const faults = (error as InputError).faults;
    assert.is(faults.length, 1);
    assert.is(faults[0]?.rule, "must be of type string", name);
  }
});

test("text is kept as it is", async ({ awkward, client }) => {
  const { service, operations } = awkward.contract;
  const plain = HOSTILE;
  assert.equal([service.title, service.retired], [plain, { on: plain, notice: plain }]);
  assert.is(operations.putEverything?.path, "/a'(b)~c!$&*+,;=@%C3%A9:{class}.json");
  const error = await rejection(client.call("putEverything", { class: "c", delete: "d", "If-Match": "a*b" }));
  assert.match((error as Error).message, "If-Match must match ^[^*/`]+$");
  assert.ok(readFileSync(join(awkward.folder, "index.ts"), "utf8").includes("*\\/"));
});

test("a document without schemas, errors and inputs is one too", async () => {
  const document = {
    ...DOCUMENT,
    paths: {
      "/ping": {
        get: { operationId: "Ping", summary: "@ts-expect-error", responses: { 202: { description: "Heard." } } },
      },
    },
    components: { securitySchemes: readScheme() },
  };
  const bare = await generated(stringify(document));
  try {
    const program = `import { clientFor } from "../../src/client.ts";
      import { contract } from "./index.ts";
      export const { requestId } = await clientFor(contract)({ region: "us-east-1" }).ping();`;
    assert.equal(bare.complaints(program), []);
  } finally {
    bare.remove();
  }
});

test.run();
