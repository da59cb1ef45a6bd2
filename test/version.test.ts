import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { version } from "../src/version.ts";

const test = suite("the version");

test("that User-Agent names is package.json's", () => {
  assert.is(version, JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version);
});

test.run();
