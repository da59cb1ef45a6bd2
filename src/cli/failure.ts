/** How the command ends: the exit codes of the AWS CLI v2, and what it says on the way out. */
import { contract } from "../../generated/index.ts";
import { ConfigurationError, CredentialsError, InputError, isServiceError, UnknownServiceError } from "../index.ts";

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
export const EXIT = {
  ok: 0,
  interrupted: 130,
  terminated: 143,
  usage: 252,
  configuration: 253,
  service: 254,
  other: 255,
} as const;

/** The arguments make no sense, or name something that cannot be read. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What a failure comes to. */
export interface Failure {
  readonly exit: number;
  /** One or two lines: what happened where, and what to do. */
  readonly message: string;
}

const operation = contract.operations.listModelPackagingJobs.id;

/** The options behind the members of an input. */
const OPTION_OF: Readonly<Record<string, string>> = {
  projectName: "--project-name",
  maxResults: "--page-size",
  nextToken: "--starting-token",
};

const KEYS =
  "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: `packaging-jobs serve` prints the keys that it makes.";
const ADVICE: Readonly<Record<string, string>> = {
  ResourceNotFoundException: "Check --project-name. `packaging-jobs import` brings in a saved inventory.",
  AccessDeniedException: "Ask whoever keeps the endpoint's credentials file to permit the action and the project.",
  ThrottlingException: "Try again later, or with a larger --page-size: it sends fewer requests.",
  UnrecognizedClientException: KEYS,
  InvalidSignatureException: KEYS,
  ExpiredTokenException: "Get new temporary credentials.",
};

/** A failure of `packaging-jobs NAME` as it is told to a person. */
export function failureOf(error: unknown, command: string): Failure {
  const say = (exit: number, text: string): Failure => ({ exit, message: `${command}: ${inOptions(text)}` });
  if (error instanceof UsageError) return say(EXIT.usage, `${error.message}\n${command} --help tells more.`);
  if (error instanceof InputError) return say(EXIT.usage, inputMessage(error));
  if (error instanceof ConfigurationError || error instanceof CredentialsError)
    return say(EXIT.configuration, error.message);
  if (isServiceError(error)) {
    // The AWS CLI's own line, which scripts look for.
    const line = `An error occurred (${error.name}) when calling the ${operation} operation: ${error.message}`;
    return { exit: EXIT.service, message: [line, ADVICE[error.name]].filter(Boolean).join("\n") };
  }
  if (error instanceof UnknownServiceError && (error.status ?? 0) >= 300) return say(EXIT.service, error.message);
  if (isNamed(error, "StoreError")) return say(EXIT.configuration, error.message);
  if (isNamed(error, "ImportError"))
    return say("report" in error && error.report ? EXIT.other : EXIT.usage, error.message);
  return say(EXIT.other, error instanceof Error ? error.message : String(error));
}

/** The library names its own options; here they are the command's. */
function inOptions(message: string): string {
  return message
    .replaceAll("`region`", "--region")
    .replaceAll("`endpoint`", "--endpoint-url")
    .replace(", or pass `credentials` to createClient", "")
    .replace("Give credentials, for example a credentials file,", "Give a credentials file with --credentials,")
    .replace("allowReadableCredentials", "--allow-readable-credentials");
}

/** Its message with the options in place of the members, and without the operation's name. */
function inputMessage({ message, faults }: InputError): string {
  return faults.reduce(
    (text, { member, rule }) => text.replace(`${member} ${rule}`, `${OPTION_OF[member] ?? member} ${rule}`),
    message.replace(/^\w+: /, ""),
  );
}

/** By name, so that a command that touches no store does not load what does. */
function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}
