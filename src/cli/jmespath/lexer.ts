/** The tokens of a JMESPath expression, as the AWS CLI's jmespath.py 1.0.1 reads them. */

/** A token of an expression. */
export interface Token {
  /** `name`, `quoted`, `number`, `literal` or `end`; an operator's own spelling. */
  readonly type: string;
  /** The name, number or literal itself; an operator's spelling. */
  readonly value: unknown;
  /** Where it starts, in UTF-16 code units. */
  readonly at: number;
}

/** An expression that is not JMESPath. */
export class JmespathSyntaxError extends Error {
  override readonly name = "JmespathSyntaxError";
  /** Where the expression goes wrong, in UTF-16 code units. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
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
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new JmespathSyntaxError(unreadable(text, at), at);
    const [spelling] = match;
    const [[type = spelling] = []] = Object.entries(match.groups ?? {}).filter(([, found]) => found !== undefined);
    if (type === "raw") tokens.push({ type: "literal", value: inside(spelling, "'"), at });
    else if (type !== "space") tokens.push({ type, value: meaning(type, spelling, at), at });
    at += spelling.length;
  }
  return [...tokens, { type: "end", value: "", at: text.length }];
}

function unreadable(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at)!);
  if (`'"\``.includes(character)) return `${character} is not closed`;
  return `Unknown token ${character}${character === "=" ? " (== compares)" : ""}`;
}

function meaning(type: string, spelling: string, at: number): unknown {
  if (type === "number") return Number(spelling);
  if (type === "quoted") return parsed(spelling) ?? fail(`${spelling} is no JSON string`, at);
  if (type !== "literal") return spelling;
  const json = inside(spelling, "`");
  const value = parsed(json);
  if (value !== undefined) return value;
  // Text without quotes, which JMESPath once allowed: `FAILED`.
  return parsed(`"${json.trimStart()}"`) ?? fail(`${spelling} is no JSON`, at);
}

/** The text between two delimiters. A backslash before a delimiter inside it goes. */
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

function fail(message: string, at: number): never {
  throw new JmespathSyntaxError(message, at);
}
