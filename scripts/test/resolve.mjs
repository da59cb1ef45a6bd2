/** Resolves "uvu" in every test to uvu.ts beside this file. */
const own = new URL("./uvu.ts", import.meta.url).href;

export function resolve(specifier, context, next) {
  return next(specifier === "uvu" && context.parentURL !== own ? own : specifier, context);
}
