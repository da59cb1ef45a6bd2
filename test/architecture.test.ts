/** The layers of `src/`, and which of them may import which. CONTRIBUTING.md draws the same picture. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { contract } from "../generated/index.ts";
import { itemMembers } from "../generated/routes.ts";
import { root } from "./support/generated.ts";

const test = suite("architecture");

/** A layer and the layers that it may import besides itself, those in brackets for types only. Every file is in one. */
const MAY_IMPORT: Readonly<Record<string, string>> = {
  cli: "entry endpoint/index generated shared",
  entry: "operations sending sending/log signing [contract] generated shared",
  "endpoint/index": "endpoint signing",
  endpoint: "contract sending/log signing generated shared",
  operations: "contract sending signing shared",
  sending: "sending/log [contract] signing shared",
  "sending/log": "",
  signing: "shared",
  contract: "[generated] shared",
  generated: "",
  shared: "",
};
/** The entries of the package in `src/` itself. Every other file there is shared by all layers. */
const ENTRIES = new Set(["client", "index", "paginate", "service", "sigv4"]);

function layerOf(file: string): string {
  const [folder = "", ...path] = file.replace(".ts", "").split("/");
  if (folder !== "src") return folder;
  const name = path.join("/");
  if (Object.hasOwn(MAY_IMPORT, name)) return name;
  return path.length > 1 ? path[0]! : ENTRIES.has(name) ? "entry" : "shared";
}

const IMPORT = /^(?:import|export)( type)?\b[^;]*? from "(\.[^"]+)"|\bimport\("(\.[^"]+)"\)|^import "(\.[^"]+)"/gm;
const files = ["src", "generated", "scripts"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file}`),
);
/** The files that a file imports, each with whether only types of it are. */
const imports = new Map(
  files.map((file) => {
    const found = [...readFileSync(join(root, file), "utf8").matchAll(IMPORT)];
    return [file, found.map(([, type, ...paths]) => ({ to: join(file, "..", paths.find(Boolean)!), isType: !!type }))];
  }),
);

test("every import goes from a layer to one that it may import", () => {
  const wrong: string[] = [];
  for (const [file, edges] of imports) {
    const from = layerOf(file);
    for (const { to, isType } of from === "scripts" ? [] : edges) {
      const allowed = MAY_IMPORT[from]!.split(" ");
      const layer = layerOf(to);
      if (layer === from || allowed.includes(layer) || (isType && allowed.includes(`[${layer}]`))) continue;
      wrong.push(`${file} imports ${to}: ${from} must not import ${isType ? "types of " : ""}${layer}`);
    }
  }
  assert.equal(wrong, []);
});

test("no file of src but the handlers and the command names an operation or a field of its items", () => {
  const names = Object.entries(contract.operations).flatMap(([method, { id }]) => [id, method]);
  // A field of one word, such as Status, may be a word of the comment around it.
  const fields = Object.values(itemMembers).flatMap((members) => members.filter((name) => /[a-z][A-Z]/.test(name)));
  const forbidden = new RegExp(`\\b(?:${[...names, ...fields].join("|")})\\b`);
  const free = files.filter((file) => /^src\/(?!cli\/|endpoint\/handlers\/)/.test(file));
  const lines = free.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((line, index) => (forbidden.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  assert.equal(lines, []);
});

test("no file imports itself by way of others, not even types", () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" imports "));
    if (done.has(file)) return;
    done.add(file);
    for (const { to } of imports.get(file) ?? []) visit(to, [...way, file]);
  };
  for (const file of files) visit(file, []);
  assert.equal(circles, []);
});

test("CONTRIBUTING names every folder of src, and no file that is not there", () => {
  const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const named = new Set(Array.from(text.matchAll(/`((?:src|scripts|spec|test)\/[\w./-]*)`/g), ([, path]) => path!));
  const missing = [...named].filter((path) => !existsSync(join(root, path)));
  const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.equal(missing, []);
  assert.equal(
    folders.map(({ name }) => `src/${name}/`).filter((folder) => !named.has(folder)),
    [],
  );
});

test.run();
