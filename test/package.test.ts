import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { version } from "../src/version.ts";

// The quick half. `npm run pack-test` packs the package, installs it and lists with it.

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly bin: Record<string, string>;
  readonly exports: Record<string, string | { types: string; browser: Record<string, string>; default: string }>;
  readonly files: readonly string[];
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly peerDependenciesMeta: Record<string, { optional?: boolean }>;
}

const manifest = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
const source = (built: string) => built.replace(/^\.?\/?dist\//, "").replace(/\.(d\.ts|js)$/, ".ts");

const test = suite("the package");

test("depends on one package at run time, pinned; whatever else it can use is an optional peer", () => {
  assert.equal(Object.keys(manifest.dependencies).sort(), ["openapi-fetch"]);
  for (const range of Object.values(manifest.dependencies)) assert.match(range, /^\d+\.\d+\.\d+$/);
  const peers = Object.keys(manifest.peerDependencies).sort();
  assert.equal(peers, ["@aws-sdk/credential-providers", "libsql", "pg"]);
  for (const peer of peers) assert.ok(manifest.peerDependenciesMeta[peer]?.optional, peer);
});

test("exports the client, the generic client, the signer, the endpoint and the contract", () => {
  assert.is(manifest.type, "module");
  for (const entry of [".", "./client", "./sigv4", "./endpoint"]) {
    const target = manifest.exports[entry];
    assert.type(target, "object", entry);
    if (typeof target !== "object") continue;
    assert.is(source(target.types), source(target.default));
    assert.ok(existsSync(source(target.default)), `${entry} leads to ${target.default}, which no source makes`);
  }
  assert.is(manifest.exports["./openapi.yaml"], "./spec/openapi.yaml");
  assert.ok(existsSync(source(manifest.bin["packaging-jobs"] ?? "")));
});

test("gives bundlers for browsers a module that throws the reason, and servers that ask for `browser` the entry", () => {
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (typeof target !== "object") continue;
    const { module, ...servers } = target.browser;
    assert.is(module, "./dist/src/browser.js", entry);
    assert.equal(Object.keys(servers), ["node", "workerd", "worker", "edge-light"], entry);
    for (const server of Object.values(servers)) assert.is(server, target.default, entry);
  }
});

test("packs what a user needs: the built code, a sample inventory, the contract and the papers", () => {
  assert.equal(
    manifest.files.filter((file) => !file.startsWith("!")).filter((file) => file !== "CHANGELOG.md"),
    ["dist", "scripts/sample/inventory.json", "spec/openapi.yaml"],
  );
  for (const paper of ["README.md", "CHANGELOG.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md"]) {
    assert.ok(existsSync(paper), paper);
  }
});

test("has one version, in package.json, in the code and at the top of the changelog", async () => {
  assert.is(version, manifest.version);
  const [, newest] = /^## (\S+)/m.exec(await readFile("CHANGELOG.md", "utf8")) ?? [];
  assert.is(newest, manifest.version);
});

test("is under the MIT licence", async () => {
  assert.is(manifest.license, "MIT");
  const licence = await readFile("LICENSE", "utf8");
  assert.match(licence, /^MIT License\n\nCopyright \(c\) \d{4} lookout-packaging-jobs contributors\n/);
  // biome-ignore lint/suspicious/noExplicitAny: a YAML document, read by name
  const { info }: any = parse(await readFile("spec/openapi.yaml", "utf8"));
  assert.is(info.license.identifier, manifest.license);
});

test("has every script that its workflows and papers name", async () => {
  const workflows = (await readdir(".github/workflows")).map((name) => `.github/workflows/${name}`);
  for (const file of [...workflows, "README.md", "CONTRIBUTING.md", "SECURITY.md", ".changeset/README.md"]) {
    for (const [, name = ""] of (await readFile(file, "utf8")).matchAll(/npm run (?:-s )?([\w:-]+)/g)) {
      assert.ok(name in manifest.scripts, `${file} names npm run ${name}`);
    }
  }
});

test("is checked by CI on each Node that it supports, step by step", async () => {
  // biome-ignore lint/suspicious/noExplicitAny: a YAML document, read by name
  const { jobs }: any = parse(await readFile(".github/workflows/ci.yml", "utf8"));
  assert.equal(jobs.check.strategy.matrix.node, ["20.19", "22", "24"]);
  const commands = jobs.check.steps.map(({ run }: { run?: string }) => run).filter(Boolean);
  assert.equal(commands, [
    "npm ci",
    "npm run generate -- --check",
    "npm run lint",
    "npm run lint:spec",
    "npm run check",
    "npm test",
    "npm run build",
    "npm run docs",
  ]);
  assert.match(JSON.stringify(jobs.contract), /npm run spec-diff/);
});

test("takes every action of its workflows by a commit, with the version beside it", async () => {
  for (const name of await readdir(".github/workflows")) {
    const text = await readFile(`.github/workflows/${name}`, "utf8");
    for (const [line] of text.matchAll(/uses: .*/g))
      assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
  }
});

test("is published by a job that alone may write, and that runs nobody else's scripts", async () => {
  // biome-ignore lint/suspicious/noExplicitAny: a YAML document, read by name
  const { permissions, jobs }: any = parse(await readFile(".github/workflows/release.yml", "utf8"));
  assert.equal(Object.keys(jobs), ["test", "publish"]);
  assert.equal([permissions, jobs.test.permissions], [{}, {}]);
  assert.not.match(JSON.stringify(jobs.test), "secrets.");

  const { needs, steps, permissions: writes } = jobs.publish;
  assert.is(needs, "test");
  assert.equal(writes, { contents: "write", "pull-requests": "write", "id-token": "write" });
  const commands = steps.map(({ run }: { run?: string }) => run).filter(Boolean);
  assert.is(commands[0], "npm ci --ignore-scripts");
  assert.not.match(commands.join("\n"), /npm (ci|install)(?! --ignore-scripts)|test/);
  const release = steps.find(({ uses }: { uses?: string }) => uses?.startsWith("changesets/action@"));
  assert.is(release.env.NPM_CONFIG_PROVENANCE, "true");

  for (const step of [...jobs.test.steps, ...steps]) {
    if (step.uses?.startsWith("actions/checkout@")) assert.is(step.with["persist-credentials"], false);
    if (step.uses?.startsWith("actions/setup-node@")) assert.match(step.with["node-version"], /^\d+\.\d+\.\d+$/);
  }
});

test.run();
