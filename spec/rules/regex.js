/**
 * Checks patterns. In JSON Schema a pattern is an ECMAScript regular expression under the `u` flag, and matches any part
 * of a text unless it is anchored at both ends.
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

/** Whether each alternative at the top begins with `^` and ends with `$`. In `^a|b$` neither does. */
function isAnchored(pattern) {
  return alternatives(pattern).every((tokens) => tokens[0] === "^" && tokens.length > 1 && tokens.at(-1) === "$");
}

/** The alternatives outside groups, as lists of tokens: an escape, a class `[…]` or a single character. */
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
