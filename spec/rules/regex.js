/**
 * Patterns as JSON Schema means them: an ECMAScript regular expression under the `u` flag, which matches anywhere in the
 * text unless anchored at both ends.
 *
 * @param {unknown} pattern
 * @param {{ must: "compile" | "anchor" }} options
 */
export default function regex(pattern, { must }, { path }) {
  if (typeof pattern !== "string" || path.some((key) => EXAMPLES.has(key))) return [];
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    return must === "compile" ? [{ message: `The pattern does not compile under the u flag: ${error.message}` }] : [];
  }
  if (must === "compile" || isAnchored(pattern)) return [];
  return [{ message: `The pattern ${pattern} is not anchored at both ends: write ^(…)$ around all of it.` }];
}

const EXAMPLES = new Set(["example", "examples", "default", "const"]);

/** Whether each alternative at the top begins with `^` and ends with `$`: in `^a|b$`, neither does both. */
function isAnchored(pattern) {
  return alternatives(pattern).every((tokens) => tokens[0] === "^" && tokens.length > 1 && tokens.at(-1) === "$");
}

/** The alternatives outside any group, as tokens: an escape, a class `[…]` or a single character each. */
function alternatives(pattern) {
  const found = [[]];
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|./gsu)) {
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (token === "|" && depth === 0) found.push([]);
    else found.at(-1).push(token);
  }
  return found;
}
