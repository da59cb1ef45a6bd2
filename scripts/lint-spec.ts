/** `npm run lint:spec [-- FILE…]`: Redocly and Spectral on the contract, both at once. Exits 1 on any finding. */
import { redocly, runTool } from "./tools.ts";

const given = process.argv.slice(2);
const documents = given.length > 0 ? given : ["spec/openapi.yaml"];

const linters = [
  redocly(["lint", ...documents, "--config", "spec/redocly.yaml"]),
  runTool(
    "@stoplight/spectral-cli",
    ["lint", ...documents, "--ruleset", "spec/spectral.yaml", "--fail-severity", "hint", "--show-documentation-url"],
    "spectral",
  ),
];
const results = await Promise.all(linters);
const failed = results.filter(({ code }) => code !== 0);
// A linter without findings congratulates at length: it is left out beside the errors of the other.
for (const { stdout, stderr } of failed.length > 0 ? failed : results) {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
}
if (failed.length > 0) process.exitCode = 1;
