/** The failures of an import that mean that the package is not installed, and those that do not. */
import { register } from "node:module";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { importOptional } from "../src/optional-package.ts";

const test = suite("an optional package");

/** The resolvers' errors by the name of the package. The texts are those of the tools. */
const FAILURES: Record<string, { code: string; message: string }> = {
  "@for/node": { code: "ERR_MODULE_NOT_FOUND", message: "Cannot find package '@for/node' imported from /app/a.js" },
  "@for/bun": { code: "ERR_MODULE_NOT_FOUND", message: "Cannot find package '@for/bun' from '/app/a.js'" },
  "@for/deno": {
    code: "ERR_MODULE_NOT_FOUND",
    message: 'Import "@for/deno" not a dependency and not in import map from "file:///app/a.js"',
  },
  "@for/webpack": { code: "MODULE_NOT_FOUND", message: "Cannot find module '@for/webpack'" },
  "@for/jest": { code: "MODULE_NOT_FOUND", message: "Cannot find module '@for/jest' from 'node_modules/a/a.js'" },
  "@for/yarn": {
    code: "MODULE_NOT_FOUND",
    message: "a tried to access @for/yarn (a peer dependency) but it isn't provided by your application",
  },
};

const BROKEN: Record<string, { code: string; message: string }> = {
  "@broken/inside": {
    code: "ERR_MODULE_NOT_FOUND",
    message: "Cannot find package 'tslib' imported from /app/node_modules/@broken/inside/index.js",
  },
  "@broken/longer": { code: "MODULE_NOT_FOUND", message: "Cannot find module '@broken/longer-name'" },
  "@broken/yarn": {
    code: "MODULE_NOT_FOUND",
    message: "@broken/yarn tried to access tslib, but it isn't declared in its dependencies",
  },
  "@broken/code": { code: "ERR_REQUIRE_ESM", message: "Cannot find module '@broken/code'" },
};

const HOOKS = `const failures = ${JSON.stringify({ ...FAILURES, ...BROKEN })};
export async function resolve(name, context, next) {
  if (!(name in failures)) return next(name, context);
  throw Object.assign(new Error(failures[name].message), { code: failures[name].code });
}`;
register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);

for (const name of Object.keys(FAILURES))
  test(`${name} is missing`, async () => {
    assert.is(await importOptional(name), undefined);
  });

for (const [name, { message }] of Object.entries(BROKEN))
  test(`${name} is installed but broken, and its own error is thrown`, async () => {
    const error = await importOptional(name).catch((error: unknown) => error);
    assert.instance(error, Error);
    assert.is((error as Error).message, message);
  });

test("an installed package is imported with all its exports", async () => {
  const yaml = await importOptional<typeof import("yaml")>("yaml");
  assert.is(yaml?.stringify("text"), "text\n");
});

test.run();
