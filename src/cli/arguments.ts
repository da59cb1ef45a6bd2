/** Reads a command's arguments by `node:util`'s parseArgs, and says what is wrong with them. */
import { parseArgs } from "node:util";
import { UsageError } from "./failure.ts";

/** An option, without the two hyphens before its name. */
export interface Option {
  /** What stands for its value in the help, for example `N`; without it the option is a flag. */
  readonly value?: string;
  /** Its only values. */
  readonly choices?: readonly string[];
  /** Whether it may be given more than once. */
  readonly multiple?: boolean;
  /** What it does, in half a line. */
  readonly help: string;
}

/** The options of a command by their names. */
export type Options = Readonly<Record<string, Option>>;

/** What was given for each option. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]?: O[Name] extends { value: string }
    ? O[Name] extends { multiple: true }
      ? readonly string[]
      : string
    : boolean;
};

/** What was given to a command. */
export interface Arguments<O extends Options> {
  readonly values: Values<O>;
  readonly positionals: readonly string[];
}

/**
 * Reads arguments.
 * @throws UsageError that names the first one at fault, and the name that was probably meant
 */
export function readArguments<O extends Options>(options: O, args: readonly string[]): Arguments<O> {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { value, multiple = false }]) => [
      name,
      { type: value === undefined ? "boolean" : "string", multiple, ...(name === "help" && { short: "h" }) } as const,
    ]),
  );
  // Strict, parseArgs would refuse in words of its own, which suggest nothing.
  const given = parseArgs({ args: [...args], options: config, strict: false, allowPositionals: true, tokens: true });
  for (const token of given.tokens) if (token.kind === "option") checkOption(options, token);
  return { values: given.values as Values<O>, positionals: given.positionals };
}

function checkOption(
  options: Options,
  {
    name,
    rawName,
    value,
    inlineValue,
  }: { name: string; rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const names = Object.keys(options).map((known) => `--${known}`);
    throw new UsageError(`There is no option ${rawName}${suggestion(rawName, names)}`);
  }
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  } else if (value === undefined || (!inlineValue && /^-./.test(value))) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}`);
  } else if (option.choices && !option.choices.includes(value)) {
    const choices = option.choices.join(", ");
    throw new UsageError(`${rawName} is one of ${choices}, not "${value}"${suggestion(value, option.choices)}`);
  }
}

/**
 * A whole number from 0.
 * @throws UsageError when it is none, or above `most`
 */
export function wholeNumber(
  name: string,
  text: string | undefined,
  most: number = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  const range = most === Number.MAX_SAFE_INTEGER ? "from 0" : `from 0 to ${most}`;
  throw new UsageError(`${name} must be a whole number ${range}, not "${text}".`);
}

/** The end of a sentence about an unknown word: a full stop, and the known word that was probably meant. */
export function suggestion(word: string, known: readonly string[]): string {
  const bare = (text: string) => text.replace(/^-+/, "").toLowerCase();
  const [nearest] = known
    .map((name) => {
      const distance = bare(name).startsWith(bare(word)) ? 0 : editDistance(bare(word), bare(name));
      return { name, distance };
    })
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(bare(name).length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return nearest === undefined ? "." : `. Did you mean ${nearest.name}?`;
}

/** How many characters to add, drop or change to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}
