/** Compiles validators ahead of time by Ajv, so that users need not install Ajv. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import standalone from "ajv/dist/standalone/index.js";
import { build, type Plugin } from "esbuild";
import type { Node, Place, SpecDocument } from "../document.ts";
import type { OperationModel } from "../model.ts";
import { compile } from "../schema-check.ts";

const ajvFolder = dirname(createRequire(import.meta.url).resolve("ajv/package.json"));

/** Printable ASCII without blanks at the ends: a header changes other texts, and the signature would not fit. */
const HEADER_VALUE = { pattern: "^([!-~]([ -~]*[!-~])?)?$" };

/** The schema of an operation's flat input. Unknown members are faults: most of them are misspelt. */
export function inputSchema(doc: SpecDocument, { inputs }: OperationModel): Node {
  return {
    type: "object",
    additionalProperties: false,
    required: inputs.filter((input) => input.required && !input.idempotencyToken).map((input) => input.name),
    properties: Object.fromEntries(
      inputs.map(({ name, in: where, type, schema }) => {
        const own = doc.object(schema);
        return [name, where === "header" && type === "string" ? { allOf: [own, HEADER_VALUE] } : own];
      }),
    ),
  };
}

/** The schema of an item of an operation's pages. */
export function itemSchema(doc: SpecDocument, { paginated }: OperationModel): Node {
  return doc.object(paginated?.itemSchema ?? []);
}

/**
 * The source of a validator, as an expression. Each validator is compiled and bundled by itself: a change of another
 * schema does not change its text.
 * @param place The place of the schema, for faults.
 */
export async function compileValidator(doc: SpecDocument, schema: Node, place: Place): Promise<string> {
  const { ajv, validate } = compile(doc, schema, place);
  const { outputFiles } = await build({
    stdin: { contents: shortened(standalone.default(ajv, validate)), resolveDir: ajvFolder, loader: "js" },
    plugins: [codePoints],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild gave no output");
  const code = file.text
    .replace(/^\s*\/\/.*\n/gm, "")
    .replace(/^export \{\s*(\w+) as default\s*\};/m, "return $1;")
    .trimEnd();
  return `(() => {\n${code.replace(/^/gm, "    ")}\n  })()`;
}

/** Shortens Ajv's code. It drops `schemaPath`, the place of each rule in the schema, which nothing reads. */
function shortened(code: string): string {
  return (
    code
      .replace(/^export const .*\nexport default (\w+);/m, "export { $1 as default };")
      .replace(/^const (\w+) = require\("(ajv\/dist\/runtime\/\w+)"\)\.default;/gm, 'import $1 from "$2";')
      // Ajv keeps this assignment only to write an import.
      .replace(/^\w+\.code = 'require\(.*\n/gm, "")
      // Matches whole strings, too: a text of the document may end in `,schemaPath:`.
      .replace(/"(?:[^"\\]|\\.)*"|,schemaPath:"(?:[^"\\]|\\.)*"/g, (text) => (text.startsWith(",") ? "" : text))
      .replace(
        /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g,
        "(vErrors ??= []).push($2);\n",
      )
  );
}

/** The length of a text in code points, as JSON Schema counts. It replaces Ajv's function, which is CommonJS. */
const codePoints: Plugin = {
  name: "code-points",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /runtime\/ucs2length$/ }, ({ path }) => ({ path, namespace: "code-points" }));
    onLoad({ filter: /.*/, namespace: "code-points" }, () => ({
      contents: `export default function codePoints(text) {
        return text.length - (text.match(/[\\ud800-\\udbff][\\udc00-\\udfff]/g)?.length ?? 0);
      }`,
    }));
  },
};
