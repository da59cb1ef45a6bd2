import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { stringify } from "yaml";
import { InputError } from "../src/errors.ts";
import { AWKWARD, ENUM, HOSTILE, IDS, NAMES, signingScheme, THENABLE } from "./support/awkward-document.ts";
import { rejection } from "./support/client.ts";
import { type Generated, generated } from "./support/generated.ts";
import { type LooseClient, looseClient } from "./support/loose-client.ts";
import { type StubServer, stubServer } from "./support/stub-server.ts";

/** Uses every name from outside. */
const PROGRAM = `
import { clientFor } from "../../src/client.js";
import { contract, type Date as Day, type KMSKey, type Kms_Key, type Mixed, type Operations } from "./index.js";
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
  context.awkward = await generated(stringify(AWKWARD, { aliasDuplicateObjects: false }));
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
  const output = await client.call("putEverything", {
    ...body,
    class: "a/b",
    "enum[]": ["a", "b"],
    "If-Match": '"x, y"',
  });
  assert.equal(output, {
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
    assert.ok((error as InputError).message.includes(`: ${name} must be of type string, not 7.`), name);
  }
});

test("text is kept as it is", async ({ awkward, client }) => {
  assert.is(awkward.contract.service.retired, HOSTILE);
  assert.is(awkward.routes.putEverything?.path, "/a'(b)~c!$&*+,;=@%C3%A9:{class}.json");
  const error = await rejection(client.call("putEverything", { class: "c", delete: "d", "If-Match": "a*b" }));
  assert.match((error as Error).message, "If-Match must match ^[^*/`]+$");
  assert.ok(readFileSync(join(awkward.folder, "index.ts"), "utf8").includes("*\\/"));
});

test("a document without schemas, errors and inputs is supported", async () => {
  const document = {
    ...AWKWARD,
    paths: {
      "/ping": {
        get: { operationId: "Ping", summary: "@ts-expect-error", responses: { 202: { description: "Heard." } } },
      },
    },
    components: { securitySchemes: signingScheme() },
  };
  const bare = await generated(stringify(document));
  try {
    const program = `import { clientFor } from "../../src/client.js";
      import { contract } from "./index.js";
      export const { requestId } = await clientFor(contract)({ region: "us-east-1" }).ping();`;
    assert.equal(bare.complaints(program), []);
  } finally {
    bare.remove();
  }
});

test.run();
