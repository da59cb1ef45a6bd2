/** Resolves every test's "uvu" to the file beside this one. */
const own = new URL("./uvu.ts", import.meta.url).href;

export function resolve(specifier, context, next) {
  return next(specifier === "uvu" && context.parentURL !== own ? own : specifier, context);
}
