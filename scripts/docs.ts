/** `npm run docs [-- FILE]`: renders the contract into docs/index.html, or into FILE. Exits 2 when it cannot be read. */
import { stat } from "node:fs/promises";
import { SpecError } from "./generate/document.ts";
import { buildPage } from "./redoc/page.ts";

const output = process.argv[2] ?? "docs/index.html";
try {
  await buildPage("spec/openapi.yaml", output);
  console.log(`${output}: ${Math.round((await stat(output)).size / 1000)} kB, opens without a network`);
} catch (error) {
  if (!(error instanceof SpecError)) throw error;
  console.error(`docs: ${error.message}`);
  process.exitCode = 2;
}
