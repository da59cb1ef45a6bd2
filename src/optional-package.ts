/** Packages that only some users need, and install themselves. */

/**
 * Imports a package that the user may have installed: undefined when it is missing.
 * The comments keep bundlers from following the import: the package is found beside the bundle, and not demanded.
 * @throws whatever the package throws, also when a package that it needs is missing
 */
export async function importOptional<Module>(name: string): Promise<Module | undefined> {
  try {
    return await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name);
  } catch (error) {
    if (isMissing(name, error)) return undefined;
    throw error;
  }
}

/** Node, Bun, webpack and jest say `Cannot find package 'x'` or `module`, Yarn `tried to access x`, Deno `Import "x"`. */
function isMissing(name: string, error: unknown): boolean {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return false;
  return new RegExp(`(?:Cannot find (?:package|module)|tried to access|Import) ["']?${name}(?![\\w/-])`).test(
    `${message}`,
  );
}
