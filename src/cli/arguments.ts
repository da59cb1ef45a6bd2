/** Reads a command's arguments by `node:util`'s parseArgs. The options of a command are read from its help. */
import { parseArgs } from "node:util";
import { ConfigurationError } from "../index.ts";
import { UsageError } from "./failure.ts";
import { suggestion } from "./suggestion.ts";

/** A command of `packaging-jobs`. */
export interface Command {
  /** The text of `--help`, from which the options are read: see {@link Values}. It fits a screen of 80 by 24. */
  readonly help: string;
  /** Further help, with further options. */
  readonly moreOptions?: string;
  /** The options of the AWS CLI that are not supported, each with the advice of its error. */
  readonly unsupported?: ReadonlyMap<string, string>;
  /** @param signal Aborts at the first SIGINT (Ctrl-C) or SIGTERM. */
  run(args: Arguments<string>, signal: AbortSignal): Promise<void>;
}

/** The arguments of a command. */
export interface Arguments<Help extends string> {
  readonly values: Partial<Values<Help>>;
  readonly positionals: readonly string[];
}

/** The options in the lines of a help: `  --port N` takes a value, `  --import FILE...` several, `  --debug` none. */
type Values<Help extends string> = Help extends `${string}\n  --${infer Option}  ${infer Rest}`
  ? Value<Option> & Values<Rest>
  : { help: boolean };

type Value<Option extends string> = Option extends `${infer Name} ${infer Word}`
  ? Record<Name, Word extends `${string}...` ? string[] : string>
  : Record<Option, boolean>;

/**
 * Reads arguments.
 * @throws UsageError for the first faulty argument, with the option that was probably meant
 */
export function readArguments(
  { help, moreOptions = "", unsupported = new Map() }: Omit<Command, "run">,
  args: readonly string[],
): Arguments<string> {
  /** The word that stands for the value of each option in the help; empty for a flag. */
  const words = new Map(
    [...`${help}${moreOptions}`.matchAll(/^ {2}--(\S+)(?: (\S+))? {2}/gm)].map(([, name, word = ""]) => [name!, word]),
  );
  const options = [...words].map(([name, word]) => {
    const type: "boolean" | "string" = word === "" ? "boolean" : "string";
    return [name, { type, multiple: word.endsWith("..."), ...(name === "help" && { short: "h" }) }] as const;
  });
  // Not strict: the errors of parseArgs suggest no option.
  const loose = { strict: false, allowPositionals: true, tokens: true } as const;
  const parsed = parseArgs({ args: [...args], options: Object.fromEntries(options), ...loose });
  for (const token of parsed.tokens) {
    if (token.kind !== "option") continue;
    const { rawName, value, inlineValue } = token;
    const word = words.get(token.name);
    if (word === undefined && unsupported.has(token.name))
      throw new UsageError(
        `${rawName} is an option of the AWS CLI that is not supported. ${unsupported.get(token.name)}`,
      );
    if (word === undefined) {
      const known = [...words.keys()].map((name) => `--${name}`);
      throw new UsageError(`There is no option ${rawName}${suggestion(rawName, known)}`);
    }
    if (word === "" && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    if (word !== "" && (value === undefined || (!inlineValue && /^-./.test(value))))
      throw new UsageError(`${rawName} needs a value: ${rawName} ${word.replace("...", "")}`);
  }
  return parsed as Arguments<string>;
}

/**
 * Reads a whole number from 0.
 * @throws UsageError for any other text, and for a number above `most`
 */
export function wholeNumber(name: string, text: string | undefined, most?: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= (most ?? Number.MAX_SAFE_INTEGER)) return Number(text);
  throw new UsageError(`${name} must be a whole number from 0${most ? ` to ${most}` : ""}, not "${text}".`);
}

/** Checks that a word is one of the known ones. @throws UsageError or ConfigurationError, by the word's source */
export function oneOf(known: readonly string[], word: string, source: string): string {
  if (known.includes(word)) return word;
  throw faultOf(source, `${source} is one of ${known.join(", ")}, not "${word}"${suggestion(word, known)}`);
}

/** Makes the error for a value: a UsageError for an option, a ConfigurationError for any other source. */
export function faultOf(source: string, message: string): Error {
  return source.startsWith("--") ? new UsageError(message) : new ConfigurationError(message);
}
