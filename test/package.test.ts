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

test("gives bundlers for browsers a module that says why not, and servers that ask for `browser` the entry", () => {
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (typeof target !== "object") continue;
    const { module, ...servers } = target.browser;
    assert.is(module, "./dist/src/browser.js", entry);
    assert.equal(Object.keys(servers), ["node", "workerd", "worker", "edge-light"], entry);
    for (const server of Object.values(servers)) assert.is(server, target.default, entry);
  }
});

test("packs what a user needs: the built code, the contract and the papers", () => {
  assert.equal(
    manifest.files.filter((file) => !file.startsWith("!")).filter((file) => file !== "CHANGELOG.md"),
    ["dist", "spec/openapi.yaml"],
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

test("is published by CI with provenance", async () => {
  // biome-ignore lint/suspicious/noExplicitAny: a YAML document, read by name
  const release: any = parse(await readFile(".github/workflows/release.yml", "utf8"));
  assert.is(release.permissions["id-token"], "write");
  const step = release.jobs.release.steps.find(({ uses }: { uses?: string }) => uses?.startsWith("changesets/action@"));
  assert.is(step.env.NPM_CONFIG_PROVENANCE, "true");
});

test.run();
