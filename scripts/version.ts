/** `npm run version`: applies the changesets, and tells src/version.ts what package.json then says. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

execFileSync("npx", ["changeset", "version"], { stdio: "inherit" });
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const file = "src/version.ts";
writeFileSync(file, readFileSync(file, "utf8").replace(/(version\b.*?= )".*"/, `$1"${version}"`));
