/** The failures of the command: exit codes, as the AWS CLI v2 has them, and messages. */
import { contract } from "../../generated/index.ts";
import { ConfigurationError, InputError, isServiceError, UnknownServiceError } from "../index.ts";

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
export const EXIT = { interrupted: 130, terminated: 143, usage: 252, configuration: 253, service: 254, other: 255 };

/** The arguments are invalid. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** By the error's name and not its class: `list` must not load the endpoint for a StoreError. */
const EXIT_OF: Readonly<Record<string, number>> = {
  UsageError: EXIT.usage,
  InputError: EXIT.usage,
  ConfigurationError: EXIT.configuration,
  CredentialsError: EXIT.configuration,
  StoreError: EXIT.configuration,
};

const KEYS =
  "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: `packaging-jobs serve` prints the keys that it makes.";
const ADVICE: Readonly<Record<string, string>> = {
  ResourceNotFoundException: "Check --project-name. `packaging-jobs import` brings in a saved inventory.",
  AccessDeniedException: "Ask whoever keeps the endpoint's credentials file to permit the action and the project.",
  ThrottlingException: "Try again later, or with a larger --page-size: it sends fewer requests.",
  UnrecognizedClientException: KEYS,
  InvalidSignatureException: `${KEYS} The region is signed, too: see --region.`,
  ExpiredTokenException: "Get new temporary credentials.",
};

const { id } = contract.operations.listModelPackagingJobs;

/** An option of the command line, and the value that the user gave it. */
export interface OptionGiven {
  readonly name: string;
  readonly value?: string | number | undefined;
}

/**
 * Translates an error: the names of the library's options and members become options of the command line.
 * @param options By the library's name.
 */
export function inOptions(error: unknown, options: Readonly<Record<string, OptionGiven>>): unknown {
  if (error instanceof ConfigurationError && error.option !== undefined && options[error.option]) {
    const { name } = options[error.option]!;
    return new ConfigurationError(`${name}${error.message.slice(error.option.length)}`, { cause: error });
  }
  if (!(error instanceof InputError)) return error;
  const texts = error.faults.map(({ member, rule }) => {
    const { name = member, value } = options[member] ?? {};
    return `${name} ${rule}${value === undefined ? "" : `, not ${JSON.stringify(value)}`}`;
  });
  return new InputError(`${texts.join("; ")}. Nothing was sent.`, error.faults);
}

/** The exit code and the message of a failure: one or two lines with the command, the fault and the advice. */
export function failureOf(error: unknown, command: string): { exit: number; message: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (isServiceError(error)) {
    // The AWS CLI prints this line, and scripts search for it.
    const line = `An error occurred (${name}) when calling the ${id} operation: ${message}`;
    return { exit: EXIT.service, message: [line, ADVICE[name]].filter(Boolean).join("\n") };
  }
  const more = error instanceof UsageError ? `\nSee ${command} --help.` : "";
  return { exit: exitOf(error, name), message: `${command}: ${message}${more}` };
}

function exitOf(error: unknown, name: string): number {
  if (error instanceof UnknownServiceError && (error.status ?? 0) >= 300) return EXIT.service;
  // A report means that the files were read: without one the arguments were at fault.
  if (name === "ImportError" && !(error as { report?: unknown }).report) return EXIT.usage;
  return EXIT_OF[name] ?? EXIT.other;
}
