/** Reads the tokens of a JMESPath expression as jmespath.py 1.0.1 does, which the AWS CLI uses. */

/** A token of an expression. */
export interface Token {
  /** `name`, `quoted`, `number`, `literal`, `end`, or the operator itself. */
  readonly type: string;
  /** The value of a name, number or literal, or the operator itself. */
  readonly value: unknown;
  /** The start of the token, in UTF-16 code units. */
  readonly start: number;
}

/** A text that is no JMESPath expression. */
export class JmespathSyntaxError extends Error {
  override readonly name = "JmespathSyntaxError";
  /** The place of the fault, in UTF-16 code units. */
  readonly start: number;

  constructor(message: string, start: number) {
    super(message);
    this.start = start;
  }
}

const TOKEN = new RegExp(
  [
    "(?<space>[ \\t\\n\\r]+)",
    "(?<name>[A-Za-z_]\\w*)",
    "(?<number>-?\\d+)",
    "(?<raw>'(?:\\\\[^]|[^\\\\'])*')",
    "(?<literal>`(?:\\\\[^]|[^\\\\`])*`)",
    '(?<quoted>"(?:\\\\[^]|[^\\\\"])*")',
    "\\[\\]|\\[\\?|\\|\\||&&|[=!<>]=|[.*\\],:@(){}[|&<>!]",
  ].join("|"),
  "y",
);

/**
 * Reads the tokens of an expression. The last one is `end`.
 * @throws JmespathSyntaxError where no token can be read
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(text);
    if (match === null) throw new JmespathSyntaxError(unreadable(text, start), start);
    const [spelling] = match;
    const [[type = spelling] = []] = Object.entries(match.groups ?? {}).filter(([, found]) => found !== undefined);
    if (type === "raw") tokens.push({ type: "literal", value: inside(spelling, "'"), start });
    else if (type !== "space") tokens.push({ type, value: meaning(type, spelling, start), start });
    start += spelling.length;
  }
  return [...tokens, { type: "end", value: "", start: text.length }];
}

function unreadable(text: string, start: number): string {
  const character = String.fromCodePoint(text.codePointAt(start)!);
  if (`'"\``.includes(character)) return `${character} is not closed`;
  return `Unknown token ${character}${character === "=" ? " (== compares)" : ""}`;
}

function meaning(type: string, spelling: string, start: number): unknown {
  if (type === "number") return Number(spelling);
  if (type === "quoted") return parsed(spelling) ?? fail(`${spelling} is no JSON string`, start);
  if (type !== "literal") return spelling;
  const json = inside(spelling, "`");
  const value = parsed(json);
  if (value !== undefined) return value;
  // JMESPath once allowed text without quotes in backticks: `FAILED`.
  return parsed(`"${json.trimStart()}"`) ?? fail(`${spelling} is no JSON`, start);
}

/** The text between two delimiters, without the backslashes before delimiters inside it. */
function inside(spelling: string, delimiter: string): string {
  return spelling.slice(1, -1).replaceAll(`\\${delimiter}`, delimiter);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function fail(message: string, start: number): never {
  throw new JmespathSyntaxError(message, start);
}
