/** `npm run docs [-- FILE]`: renders the contract into docs/index.html, or into FILE. */
import { stat } from "node:fs/promises";
import { buildPage } from "./redoc/page.ts";

const output = process.argv[2] ?? "docs/index.html";
await buildPage("spec/openapi.yaml", output);
console.log(`${output}: ${Math.round((await stat(output)).size / 1000)} kB, opens without a network`);
