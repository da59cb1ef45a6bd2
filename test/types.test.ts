import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { complaintsAbout } from "./support/compiler.ts";

const test = suite("types");

test("valid programs compile, and invalid ones do not", () => {
  assert.equal(complaintsAbout([fileURLToPath(new URL("types/public-face.ts", import.meta.url))]), []);
});

test.run();
