/** Imports optional packages, which the user installs when they are needed. */

/**
 * Imports an optional package. Resolves to undefined when it is not installed. The comments in the import keep bundlers
 * from following it: the package is looked for at run time, beside the bundle.
 * @throws the package's own error, also when one of its dependencies is not installed
 */
export async function importOptional<Module>(name: string): Promise<Module | undefined> {
  try {
    return await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name);
  } catch (error) {
    if (isMissing(name, error)) return undefined;
    throw error;
  }
}

/**
 * Recognizes the messages of Node, Bun, webpack and jest (`Cannot find package`, `module`), Yarn (`tried to access`)
 * and Deno (`Import`).
 */
function isMissing(name: string, error: unknown): boolean {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return false;
  return new RegExp(`(?:Cannot find (?:package|module)|tried to access|Import) ["']?${name}(?![\\w/-])`).test(
    `${message}`,
  );
}
