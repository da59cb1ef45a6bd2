/** Reads a command's arguments by `node:util`'s parseArgs. What a command takes is what its help says. */
import { parseArgs } from "node:util";
import { ConfigurationError } from "../index.ts";
import { UsageError } from "./failure.ts";
import { suggestion } from "./suggestion.ts";

/** A command of `packaging-jobs`. */
export interface Command {
  /** It is printed as it stands, and its options are read from it: see {@link Values}. It fits a screen of 80 by 24. */
  readonly help: string;
  /** More lines of help with options. */
  readonly moreOptions?: string;
  /** Options of the AWS CLI that are refused by name, and what to do without them. */
  readonly unsupported?: ReadonlyMap<string, string>;
  /** @param signal Aborts at the first SIGINT (Ctrl-C) or SIGTERM */
  run(given: Arguments<string>, signal: AbortSignal): Promise<void>;
}

/** The arguments of a command. */
export interface Arguments<Help extends string> {
  readonly values: Partial<Values<Help>>;
  readonly positionals: readonly string[];
}

/** The options in a help's lines: `  --port N` has a value, `  --import FILE...` many, `  --debug` none. */
type Values<Help extends string> = Help extends `${string}\n  --${infer Option}  ${infer Rest}`
  ? Value<Option> & Values<Rest>
  : { help: boolean };

type Value<Option extends string> = Option extends `${infer Name} ${infer Word}`
  ? Record<Name, Word extends `${string}...` ? string[] : string>
  : Record<Option, boolean>;

/**
 * Reads arguments.
 * @throws UsageError that names the first one at fault, and the name that was probably meant
 */
export function readArguments(
  { help, moreOptions = "", unsupported = new Map() }: Omit<Command, "run">,
  args: readonly string[],
): Arguments<string> {
  /** The word for the value of each option; empty for a flag. */
  const words = new Map(
    [...`${help}${moreOptions}`.matchAll(/^ {2}--(\S+)(?: (\S+))? {2}/gm)].map(([, name, word = ""]) => [name!, word]),
  );
  const options = [...words].map(([name, word]) => {
    const type: "boolean" | "string" = word === "" ? "boolean" : "string";
    return [name, { type, multiple: word.endsWith("..."), ...(name === "help" && { short: "h" }) }] as const;
  });
  // Strict, parseArgs would refuse in words of its own, which suggest nothing.
  const loose = { strict: false, allowPositionals: true, tokens: true } as const;
  const given = parseArgs({ args: [...args], options: Object.fromEntries(options), ...loose });
  for (const token of given.tokens) {
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
  return given as Arguments<string>;
}

/**
 * A whole number from 0.
 * @throws UsageError when it is none, or above `most`
 */
export function wholeNumber(name: string, text: string | undefined, most?: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= (most ?? Number.MAX_SAFE_INTEGER)) return Number(text);
  throw new UsageError(`${name} must be a whole number from 0${most ? ` to ${most}` : ""}, not "${text}".`);
}

/** One of some words. @throws UsageError or ConfigurationError, by the source of the word */
export function oneOf(known: readonly string[], word: string, source: string): string {
  if (known.includes(word)) return word;
  throw faultOf(source, `${source} is one of ${known.join(", ")}, not "${word}"${suggestion(word, known)}`);
}

/** The error for a value: an option is the command line's, anything else the configuration's. */
export function faultOf(source: string, message: string): Error {
  return source.startsWith("--") ? new UsageError(message) : new ConfigurationError(message);
}
