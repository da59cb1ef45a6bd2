/**
 * `npm run field` packs the package and tries it in real tools. Each case is a small program that lists from a loopback
 * server, which checks signatures. `npm run field -- webpack jest` runs the cases whose names contain one of these words,
 * `--tarball FILE` tries another package, `--list` prints the names. The tools are installed at the versions of
 * `field/pins.ts`, into a folder that is kept between runs: FIELD_CACHE, or one in the system's temporary folder. Ends
 * with `N passed, N failed`.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Case, Failure, LeftOut } from "./field/case.ts";
import { CASES } from "./field/cases/index.ts";
import { placesIn } from "./field/place.ts";
import { startService } from "./field/service.ts";
import { run } from "./tools.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tarball: { type: "string" }, list: { type: "boolean" } },
});
const wanted = positionals.map((word) => word.toLowerCase());
const cases = CASES.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word)),
);
if (cases.length === 0)
  throw new Error(`No case has a name with ${positionals.join(" or ")}: see npm run field -- --list`);

if (values.list) for (const each of cases) console.log(`${each.name} (${kindOf(each)})`);
else await tryAll();

async function tryAll(): Promise<void> {
  const cache = resolve(process.env.FIELD_CACHE ?? join(tmpdir(), "lookout-packaging-jobs-field"));
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), "field-"));
  const service = await startService(scratch);
  let passed = 0;
  let failed = 0;
  try {
    const placeFor = placesIn(cache, values.tarball ? resolve(values.tarball) : await pack(scratch), service);
    for (const each of cases) {
      const started = Date.now();
      const tell = (mark: string, outcome: string) =>
        console.log(
          `${mark} ${each.name} (${kindOf(each)}, ${Math.round((Date.now() - started) / 1000)} s): ${outcome}`,
        );
      service.requests.length = 0;
      try {
        const outcome = await each.run(await placeFor(each.name, each.tools ?? []));
        tell("✔", outcome);
        passed++;
      } catch (error) {
        if (error instanceof LeftOut) {
          tell("left out:", error.message);
          continue;
        }
        tell("✘", error instanceof Failure ? error.message.slice(-3000).replace(/\n/g, "\n    ") : String(error));
        failed++;
      }
    }
  } finally {
    await service.close();
    await rm(scratch, { recursive: true, force: true });
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function kindOf({ at29f323b }: Case): string {
  return at29f323b === "fails" ? "fails at 29f323b" : "control";
}

/** Builds and packs the package. @returns the path of the tarball */
async function pack(folder: string): Promise<string> {
  const { code, stdout, stderr } = await run("npm", ["pack", "--silent", "--pack-destination", folder]);
  if (code !== 0) throw new Error(`npm pack failed:\n${stdout}${stderr}`);
  return join(folder, stdout.trim().split("\n").at(-1) ?? "");
}
