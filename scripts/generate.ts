/**
 * `npm run generate`: writes `generated/` from `spec/openapi.yaml`.
 *   --spec FILE  the document (default spec/openapi.yaml)
 *   --out DIR    where to write (default generated)
 *   --check      write nothing; exit 1 and name each file that is not what the document gives
 * Exits with 2, one line and nothing written when the document cannot be generated from.
 */
import { generate } from "./generate/command.ts";

process.exitCode = await generate(process.argv.slice(2), (line) => console.error(`generate: ${line}`));
