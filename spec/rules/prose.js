/** Checks that a description has no HTML. `<` is allowed in code spans and around links. */
export default function prose(text, _options, { path }) {
  if (typeof text !== "string" || path.includes("example") || path.includes("examples")) return [];
  const tag = text.replace(/```[\s\S]*?```|`[^`]*`/g, "").match(/<\/?[a-z][^>]*>|<!--/i)?.[0];
  if (!tag || /^<[a-z][a-z0-9+.-]*:[^\s>]*>$/i.test(tag)) return [];
  return [{ message: `HTML in a description: ${tag}` }];
}
