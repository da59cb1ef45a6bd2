import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { generate } from "../scripts/generate/command.ts";
import { readSpec } from "./support/depot.ts";
import { stubServer } from "./support/stub-server.ts";

/** A change to the smallest document, and a text of its fault. */
interface Construct {
  readonly what: string;
  readonly at: string;
  readonly put?: unknown;
  readonly says: string;
  readonly fault?: string;
}

const { places, constructs }: { places: Record<string, string>; constructs: Construct[] } = parse(
  readSpec("unsupported.yaml"),
);

const test = suite<{ folder: string }>("a document that cannot be generated from");
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "unsupported-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

/** Runs the command, and keeps the whole output, also of libraries. */
async function run(folder: string, text: string): Promise<{ code: number; lines: string[]; file: string }> {
  const file = join(folder, "openapi.yaml");
  writeFileSync(file, text);
  const lines: string[] = [];
  const { stdout, stderr } = process;
  const writers = [stdout, stderr].map((stream) => [stream, stream.write] as const);
  for (const [stream] of writers) stream.write = (chunk: string | Uint8Array) => lines.push(`printed: ${chunk}`) > 0;
  try {
    const code = await generate(["--spec", file, "--out", join(folder, "out")], (line) => lines.push(line));
    return { code, lines, file };
  } finally {
    for (const [stream, write] of writers) stream.write = write;
  }
}

/** Replaces the first word of a place by the members that it stands for. */
function pointerOf(place: string): string {
  return place.replace(/^[A-Z]+/, (name) => places[name] ?? name);
}

function membersOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The last member of a pointer that is in the document. A fault names its line. */
function lastThere(text: string, pointer: string): string {
  let node = parse(text);
  let last = "";
  for (const member of membersOf(pointer)) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, member)) break;
    node = node[member];
    last = member;
  }
  return last;
}

/** The smallest document with one place changed. */
function changed(construct: Construct): string {
  const root = parse(readSpec("things.yaml"));
  const members = membersOf(pointerOf(construct.at));
  const last = members.pop() as string;
  let holder = root;
  for (const member of members) holder = holder[member] ??= {};
  const { put: value } = construct;
  if (!("put" in construct)) delete holder[last];
  else Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
  return stringify(root, { aliasDuplicateObjects: false });
}

test("the document that all changes start from is supported", async ({ folder }) => {
  const { code, lines } = await run(folder, readSpec("things.yaml"));
  assert.equal([code, lines], [0, []]);
});

for (const construct of constructs) {
  const fault = pointerOf(construct.fault ?? construct.at);
  test(construct.what, async ({ folder }) => {
    const text = changed(construct);
    const { code, lines, file } = await run(folder, text);
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.is(code, 2);
    const [, line, pointer, message = ""] = /^.*openapi\.yaml:(\d+) (#\S*|#\/.*?): (.*)$/.exec(lines[0] ?? "") ?? [];
    assert.ok(lines[0]?.startsWith(`${file}:`), lines[0]);
    assert.is(pointer, fault, lines[0]);
    assert.match(message, new RegExp(construct.says, "i"));
    const there = text.split("\n")[Number(line) - 1] ?? "";
    const member = lastThere(text, fault);
    assert.ok(there.includes(member) || (/^\s*- /.test(there) && /^\d+$/.test(member)), `line ${line}: ${there}`);
    assert.not(existsSync(join(folder, "out")), "nothing is written");
  });
}

test("no file or URL that a document names is opened", async ({ folder }) => {
  const server = await stubServer(() => ({ body: {} }));
  try {
    const url = `${server.url}/one.json`;
    const example = { one: { externalValue: url } };
    const changes: [at: string, value: unknown][] = [
      ["#/components/examples", example],
      ["#/paths/~1things~1{id}/get/parameters/0/examples", example],
      ["#/paths/~1things~1{id}/get/responses/200/content/application~1json/examples", example],
      ["#/components/schemas/Thing/example", { externalValue: url }],
      ["#/components/schemas/Thing/discriminator", { propertyName: "name", mapping: { one: url } }],
      ["#/components/schemas/Thing/$ref", url],
      ["#/components/schemas/Thing/example", { $ref: url }],
      ["#/paths/~1things~1{id}/$ref", url],
      ["#/x-other", { externalValue: url }],
    ];
    for (const [at, put] of changes) {
      const { code, lines } = await run(folder, changed({ what: at, at, put, says: "" }));
      assert.is(code, 2, at);
      assert.ok(lines[0]?.includes(`"${url}" is `), lines[0]);
    }
    assert.is(server.requests.length, 0);
  } finally {
    await server.close();
  }
});

const TEXTS: [what: string, text: string, says: RegExp][] = [
  ["YAML that is none", "openapi: 3.1.0\ninfo: [\n", /openapi\.yaml:\d+: .*(flow|sequence|expected)/i],
  ["a member that is there twice", "openapi: 3.1.0\nopenapi: 3.1.0\n", /openapi\.yaml:2: Map keys must be unique/],
  ["an alias to nothing", "openapi: *a\n", /aliases .* cannot be followed: .*Unresolved alias/],
  ["an alias that leads into itself", "openapi: 3.1.0\ninfo: &a { b: *a }\n", /aliases .* cannot be followed/],
  ["an empty file", "", /openapi\.yaml:1: the document must be an object/],
  ["a list", "- openapi\n", /openapi\.yaml:1: the document must be an object/],
  ["two documents", "openapi: 3.1.0\n---\nopenapi: 3.1.0\n", /openapi\.yaml:\d+: .*multiple documents/],
];
for (const [what, text, says] of TEXTS)
  test(`${what}: one line, exit code 2, nothing written`, async ({ folder }) => {
    const { code, lines } = await run(folder, text);
    assert.is(code, 2);
    assert.is(lines.length, 1, lines.join("\n"));
    assert.match(lines[0] ?? "", says);
    assert.not(existsSync(join(folder, "out")));
  });

test("a fault has the right line in every style of YAML", async ({ folder }) => {
  const lines = readSpec("things.yaml").split("\n");
  const at = lines.findIndex((line) => line.includes("204:"));
  lines[at] = "        204: { description: Put., content: { text/plain: {} } }";
  const { lines: printed } = await run(folder, lines.join("\n"));
  assert.match(printed[0] ?? "", new RegExp(`openapi\\.yaml:${at + 1} #/paths/~1things~1\\{id\\}/put/responses/204/`));
});

test.run();
