/** Part of `npm run version`: writes the version of package.json into src/version.ts, which `User-Agent` quotes. */
import { readFile, writeFile } from "node:fs/promises";

const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
const file = "src/version.ts";
const text = await readFile(file, "utf8");
const line = /^export const version = ".*";$/m;
if (!line.test(text)) throw new Error(`${file} has no line: export const version = "…";`);
await writeFile(file, text.replace(line, `export const version = "${version}";`));
