/** Validators compiled ahead of time by Ajv, so that nothing of Ajv is left to install. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import standalone from "ajv/dist/standalone/index.js";
import { build, type Plugin } from "esbuild";
import type { Node, Place, SpecDocument } from "../document.ts";
import type { OperationModel } from "../model.ts";
import { compile } from "../schema-check.ts";

const ajvFolder = dirname(createRequire(import.meta.url).resolve("ajv/package.json"));

/** Printable ASCII with no space at its ends: what a header keeps as it is, and a signature covers as it is sent. */
const HEADER_VALUE = { pattern: "^([!-~]([ -~]*[!-~])?)?$" };

/** The schema of an operation's flat input. A member that it does not name is a fault: most often a misspelling. */
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

/** The schema of one item of an operation's pages. */
export function itemSchema(doc: SpecDocument, { paginated }: OperationModel): Node {
  return doc.object(paginated?.itemSchema ?? []);
}

/**
 * The source of one validator as an expression. Each is compiled and bundled by itself, so that its text depends on
 * its own schema only and a change elsewhere in the document leaves it as it was.
 * @param place Where the schema comes from, for the fault that names it.
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

/** Ajv's own code, without what nobody reads of it: the place in the schema of each rule. */
function shortened(code: string): string {
  return (
    code
      .replace(/^export const .*\nexport default (\w+);/m, "export { $1 as default };")
      .replace(/^const (\w+) = require\("(ajv\/dist\/runtime\/\w+)"\)\.default;/gm, 'import $1 from "$2";')
      // Ajv keeps this to write the function's import with.
      .replace(/^\w+\.code = 'require\(.*\n/gm, "")
      // Every string is matched whole: a text of the document may end in `,schemaPath:`.
      .replace(/"(?:[^"\\]|\\.)*"|,schemaPath:"(?:[^"\\]|\\.)*"/g, (text) => (text.startsWith(",") ? "" : text))
      .replace(
        /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g,
        "(vErrors ??= []).push($2);\n",
      )
  );
}

/** JSON Schema's length of a text, in code points: a pair of surrogates is one. Ajv's own comes in CommonJS. */
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
