/** Whether a document is OpenAPI at all: every object and keyword where the specification has it. */
import { BaseResolver, createConfig, lintDocument, Source } from "@redocly/openapi-core";
import type { Place, SpecDocument } from "../document.ts";

/** Where each of the generator's own extensions is read: a place of another shape would be passed over in silence. */
const EXTENSIONS: Readonly<Record<string, { readonly at: RegExp; readonly where: string }>> = {
  "x-service-id": { at: /^info$/, where: "info" },
  "x-retired": { at: /^info$/, where: "info" },
  "x-signing-name": { at: /^components securitySchemes \S+$/, where: "a security scheme" },
  "x-paginated": { at: /^paths \S+ [a-z]+$/, where: "an operation" },
  "x-retryable": { at: /^components schemas \S+$/, where: "a schema of components/schemas" },
};

/** Fails at the first thing that OpenAPI 3.1 does not have there, a misspelt keyword above all. */
export async function checkStructure(doc: SpecDocument): Promise<void> {
  checkMembers(doc, []);
  const config = await createConfig({ rules: { struct: "error" } }, { extends: [] });
  const [problem] = await lintDocument({
    document: { source: new Source(doc.file, "", "application/json"), parsed: structuredClone(doc.root) },
    config: config.styleguide,
    externalRefResolver: new BaseResolver(config.resolve),
  });
  if (problem) {
    const [location] = problem.location;
    const place = (location?.pointer ?? "#/").slice(2).split("/").filter(Boolean).map(unescapePointer);
    doc.fail(place, problem.message);
  }
}

function checkMembers(doc: SpecDocument, place: Place): void {
  const node = doc.at(place);
  if (typeof node !== "object" || node === null) return;
  for (const member of Object.keys(node)) {
    const known = Object.hasOwn(EXTENSIONS, member) ? EXTENSIONS[member] : undefined;
    if (known && !known.at.test(place.join(" ")))
      doc.fail([...place, member], `is read on ${known.where} only: move it`);
    // Before Redocly sees it, which takes one named constructor for something else.
    if (place.at(-1) === "properties") checkName(doc, [...place, member], member);
    checkMembers(doc, [...place, member]);
  }
}

/** Refuses the names that every JavaScript object has a member of: it would pass for one that was given. */
export function checkName(doc: SpecDocument, place: Place, name: string): void {
  if (name in Object.prototype || name === "")
    doc.fail(place, `a member named ${JSON.stringify(name)} is not supported: every JavaScript object has one`);
}

function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
