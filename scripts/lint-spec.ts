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
for (const linter of linters) {
  const { code, stdout, stderr } = await linter;
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (code !== 0) process.exitCode = 1;
}
