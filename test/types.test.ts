import { fileURLToPath } from "node:url";
import ts from "typescript";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("types");
const root = fileURLToPath(new URL("..", import.meta.url));

/** The compiler's complaints about a file, under this project's own strict settings. */
function complaints(file: string): string[] {
  const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [file] }, ts.sys, root);
  const program = ts.createProgram([`${root}${file}`], options);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file: source, start = 0 }) => {
    const line = source ? source.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${source?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

test("what must compile does, and what must not does not", () => {
  assert.equal(complaints("test/types/public-face.ts"), []);
});

test.run();
