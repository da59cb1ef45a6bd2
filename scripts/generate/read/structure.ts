/** Checks that every object and keyword of a document is where OpenAPI 3.1 has it. */
import { BaseResolver, createConfig, lintDocument, ResolveError, Source } from "@redocly/openapi-core";
import type { Place, SpecDocument } from "../document.ts";

/**
 * The places where the generator reads its extensions. At other places they are refused, because they would be ignored.
 */
const EXTENSIONS: Readonly<Record<string, { readonly at: RegExp; readonly where: string }>> = {
  "x-service-id": { at: /^info$/, where: "info" },
  "x-retired": { at: /^info$/, where: "info" },
  "x-signing-name": { at: /^components securitySchemes \S+$/, where: "a security scheme" },
  "x-paginated": { at: /^paths \S+ [a-z]+$/, where: "an operation" },
  "x-retryable": { at: /^components schemas \S+$/, where: "a schema of components/schemas" },
};

/**
 * Replaces Redocly's reader of files and URLs, and opens none. It remembers the first one that a document names, in a
 * `$ref`, an example's `externalValue` or a discriminator's `mapping`.
 */
class ClosedResolver extends BaseResolver {
  named: string | undefined;

  override async resolveDocument(_base: string | null, uri: string): Promise<ResolveError> {
    this.named ??= uri;
    throw new ResolveError(new Error(`${uri} is not opened`));
  }
}

/** Checks the structure of a document. Its most frequent fault is a misspelt keyword. */
export async function checkStructure(doc: SpecDocument): Promise<void> {
  checkMembers(doc, []);
  const config = await createConfig({ rules: { struct: "error" } }, { extends: [] });
  const resolver = new ClosedResolver();
  const [problem] = await lintDocument({
    document: { source: new Source(doc.file, "", "application/json"), parsed: structuredClone(doc.root) },
    config: config.styleguide,
    externalRefResolver: resolver,
  });
  // Refused before openapi-typescript gets the document: it opens files and URLs by a reader of its own.
  if (resolver.named !== undefined)
    doc.fail(
      placeOf(doc, resolver.named) ?? [],
      `${JSON.stringify(resolver.named)} is outside this document, and nothing else is opened: write here what it holds`,
    );
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
    // Checked before Redocly, which misreads a member named constructor.
    if (place.at(-1) === "properties" || (place.length === 2 && place[0] === "components"))
      checkName(doc, [...place, member], member);
    checkMembers(doc, [...place, member]);
  }
}

/** Refuses the names of members that every JavaScript object inherits: an absent member would seem to be present. */
export function checkName(doc: SpecDocument, place: Place, name: string): void {
  if (name in Object.prototype || name === "")
    doc.fail(place, `a member named ${JSON.stringify(name)} is not supported: every JavaScript object has one`);
}

/** The place of the first text that names a URL or file, with or without a fragment. */
function placeOf(doc: SpecDocument, uri: string, place: Place = []): Place | undefined {
  const node = doc.at(place);
  if (typeof node === "string" && node.replace(/#.*$/s, "") === uri) return place;
  if (typeof node !== "object" || node === null) return undefined;
  for (const member of Object.keys(node)) {
    const found = placeOf(doc, uri, [...place, member]);
    if (found) return found;
  }
  return undefined;
}

function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
