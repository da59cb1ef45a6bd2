/** Follows the recipe of generated/README.md exactly. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Generated, generated, root } from "./support/generated.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The YAML of the recipe, with the indent that it has in the document. */
function recipe(): string {
  const [, block] =
    /^## Adding an operation$[\s\S]*?^ {3}```yaml\n([\s\S]*?)^ {3}```$/m.exec(read("generated/README.md")) ?? [];
  assert.ok(block, "generated/README.md has a recipe in YAML");
  return block.replace(/^ {3}/gm, "");
}

const test = suite<{ added: Generated }>("an operation that is added by the recipe");

test.before(async (context) => {
  const document = read("spec/openapi.yaml");
  // The document may have the operation already, when the recipe was really followed.
  const isThere = document.includes("operationId: DescribeModelPackagingJob");
  context.added = await generated(
    isThere ? document : document.replace(/^components:$/m, () => `${recipe()}components:`),
  );
});
test.after(({ added }) => added?.remove());

test("passes the lint of the document", ({ added }) => {
  const file = join(added.folder, "openapi.yaml");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/lint-spec.ts", file], {
    cwd: root,
    encoding: "utf8",
  });
  assert.is(status, 0, stdout + stderr);
});

test("has its method, with types that hold", ({ added }) => {
  assert.ok(Object.hasOwn(added.contract.operations, "describeModelPackagingJob"));
  const program = `
import { clientFor } from "../../src/client.js";
import { contract } from "./index.js";
const lookout = clientFor(contract)();
const { ModelPackagingDescription } = await lookout.describeModelPackagingJob({ projectName: "p", jobName: "j" });
export const time: Date | undefined = ModelPackagingDescription?.CreationTimestamp;
// @ts-expect-error: the name of the job is missing
lookout.describeModelPackagingJob({ projectName: "p" });
`;
  assert.equal(added.complaints(program), []);
});

test.run();
