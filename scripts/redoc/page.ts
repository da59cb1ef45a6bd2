/** Renders the contract as one HTML file that needs nothing else: no network, no other file. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { SpecDocument, SpecError } from "../generate/document.ts";
import { redocly } from "../tools.ts";
import { type OpenApi, operationsOf } from "./document.ts";
import { errorTags } from "./errors.ts";
import { operationFacts } from "./operation.ts";

/** The address of the logo in Redoc's footer, which no option changes. */
const LOGO = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g;

/** The word in the logo's place. */
const WORD = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="14"><text x="0" y="11" font-family="sans-serif" font-size="11" fill="#3b3c45">Redocly</text></svg>',
)}`;

/**
 * Builds the page; the same document gives the same bytes.
 *
 * @throws SpecError when the document cannot be read or rendered
 */
export async function buildPage(spec: string, output: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "docs-"));
  try {
    const copy = join(folder, "openapi.yaml");
    const page = join(folder, "index.html");
    await writeFile(copy, stringify(forReaders(new SpecDocument(spec).root as object as OpenApi), { lineWidth: 0 }));
    const options = ["--config", "spec/redocly.yaml", "--template", "scripts/redoc/template.hbs", "--inlineBundle"];
    const { code, stdout, stderr } = await redocly(["build-docs", copy, ...options, "--output", page]);
    if (code !== 0)
      throw new SpecError(`Redocly could not render ${spec}:\n${`${stdout}${stderr}`.replaceAll(copy, spec)}`);
    const html = await readFile(page, "utf8");
    if (!LOGO.test(html)) throw new Error("Redoc no longer loads its logo from where it did: look what it loads now.");
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, html.replace(LOGO, WORD));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The document as the page shows it: all at once. Redoc would fold the operations of a tag until the reader opens them,
 * and show one error of one status at a time.
 */
function forReaders(spec: OpenApi): OpenApi {
  for (const { method, path, operation } of operationsOf(spec)) {
    delete operation.tags;
    operation.description = `${operation.description ?? ""}\n\n${operationFacts(spec, method, path, operation)}`;
  }
  // The nameless tag stands for the operations without a tag, and puts them first.
  return { ...spec, tags: [{ name: "" }, ...errorTags(spec)] };
}
