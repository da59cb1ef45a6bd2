/** How the command ends: the exit codes of the AWS CLI v2, and what it says on the way out. */
import { contract } from "../../generated/index.ts";
import { ConfigurationError, InputError, isServiceError, UnknownServiceError } from "../index.ts";

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
export const EXIT = { interrupted: 130, terminated: 143, usage: 252, configuration: 253, service: 254, other: 255 };

/** The arguments make no sense, or name something that cannot be read. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** By name, so that a command that touches no store does not load what does. */
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

/** The command line's name for an option or a member of the library, and the value that it was given. */
export interface Given {
  readonly name: string;
  readonly value?: string | number | undefined;
}

/** The same error with the names of the command line for those of the library. */
export function inOptions(error: unknown, given: Readonly<Record<string, Given>>): unknown {
  if (error instanceof ConfigurationError && error.option !== undefined && given[error.option]) {
    const { name } = given[error.option]!;
    return new ConfigurationError(`${name}${error.message.slice(error.option.length)}`, { cause: error });
  }
  if (!(error instanceof InputError)) return error;
  const said = error.faults.map(({ member, rule }) => {
    const { name = member, value } = given[member] ?? {};
    return `${name} ${rule}${value === undefined ? "" : `, not ${JSON.stringify(value)}`}`;
  });
  return new InputError(`${said.join("; ")}. Nothing was sent.`, error.faults);
}

/** The exit code for a failure of `packaging-jobs NAME`, and one or two lines: what happened where, and what to do. */
export function failureOf(error: unknown, command: string): { exit: number; message: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (isServiceError(error)) {
    // The AWS CLI's own line, which scripts look for.
    const line = `An error occurred (${name}) when calling the ${id} operation: ${message}`;
    return { exit: EXIT.service, message: [line, ADVICE[name]].filter(Boolean).join("\n") };
  }
  const more = error instanceof UsageError ? `\n${command} --help tells more.` : "";
  return { exit: exitOf(error, name), message: `${command}: ${message}${more}` };
}

function exitOf(error: unknown, name: string): number {
  if (error instanceof UnknownServiceError && (error.status ?? 0) >= 300) return EXIT.service;
  // An import that has read its files ends with a report.
  if (name === "ImportError" && !(error as { report?: unknown }).report) return EXIT.usage;
  return EXIT_OF[name] ?? EXIT.other;
}
