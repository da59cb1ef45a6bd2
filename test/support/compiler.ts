/** The TypeScript compiler, under this project's own strict settings. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The compiler's complaints about some files. @param paths The files that bare names lead to. */
export function complaintsAbout(files: readonly string[], paths: Readonly<Record<string, string>> = {}): string[] {
  const { compilerOptions } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config;
  const json = {
    compilerOptions: {
      ...compilerOptions,
      paths: Object.fromEntries(Object.entries(paths).map(([name, file]) => [name, [join(root, file)]])),
    },
    files,
  };
  const { options } = ts.parseJsonConfigFileContent(json, ts.sys, root);
  return ts.getPreEmitDiagnostics(ts.createProgram(files, options)).map(({ messageText, file, start = 0 }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
