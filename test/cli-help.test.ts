/** `--help` and `--version`. */
import { readFile } from "node:fs/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { root, run } from "./support/cli.ts";
import { closeServers } from "./support/open-servers.ts";

const test = suite("help");

for (const command of ["", "list", "import", "serve"])
  test(`of ${command || "the program"} fits a screen and ends with something to type`, async () => {
    const { code, stdout, stderr } = await run([command, "--help"].filter(Boolean));
    assert.is(stderr, "");
    assert.is(code, 0);
    const lines = stdout.split("\n");
    assert.is(lines.pop(), "");
    assert.ok(lines.length <= 24, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, line);
    assert.match(lines.at(-1)!, /^ {2}\$ packaging-jobs /);
  });

test("is printed without a command, and with -h", async () => {
  const [none, help, short, wanted] = await Promise.all(
    [[], ["--help"], ["list", "-h"], ["list", "--help"]].map((args) => run(args)),
  );
  assert.equal(none, help);
  assert.equal(short, wanted);
});

test("is printed even when other arguments are wrong", async () => {
  const { code, stdout } = await run(["list", "--help", "--max-items", "none"]);
  assert.is(code, 0);
  assert.match(stdout, /^Usage: packaging-jobs list/);
});

test("--version is the package's", async () => {
  const { version } = JSON.parse(await readFile(`${root}package.json`, "utf8"));
  assert.is((await run(["--version"])).stdout, `packaging-jobs ${version}\n`);
});
test.after(closeServers);
test.run();
