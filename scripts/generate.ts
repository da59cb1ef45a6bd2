/**
 * `npm run generate`: writes `generated/` from `spec/openapi.yaml`.
 *   --spec FILE  the document (default spec/openapi.yaml)
 *   --out DIR    the folder to write to (default generated)
 *   --check      write nothing; name each file that differs from what would be written, and exit with 1
 * When the document is not supported, it prints one line, writes nothing and exits with 2.
 */
import { generate } from "./generate/command.ts";

process.exitCode = await generate(process.argv.slice(2), (line) => console.error(`generate: ${line}`));
