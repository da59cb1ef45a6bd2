/**
 * Options of the AWS CLI v2 that a script may use and that `list --help` does not show.
 * https://docs.aws.amazon.com/cli/latest/reference/#options
 */

/** The options that `list` accepts, as the text of `--aws-options`. */
export const awsOptions = `More options of the AWS CLI v2 that packaging-jobs list takes:

  --max-results N          jobs of the one page that is printed, 1 to 100
  --next-token T           print the one page that this NextToken leads to
  --ca-bundle FILE         certificates to trust [AWS_CA_BUNDLE, ca_bundle]
  --no-verify-ssl          trust any certificate
  --cli-connect-timeout N  seconds for a connection; 0 for no end
  --cli-read-timeout N     seconds for a response; 0 for no end [10]
  --color WHEN             on, off, auto; off as NO_COLOR

These change nothing here:
  --no-cli-pager           no pager is used
  --no-cli-auto-prompt     nothing is asked
  --cli-binary-format F    nothing is binary

  $ packaging-jobs list --project-name P --max-results 10 --no-cli-pager
` as const;

/** The options of the AWS CLI that are not supported, each with the advice of its error. */
export const unsupportedAwsOptions: ReadonlyMap<string, string> = new Map([
  ["cli-auto-prompt", "Give every option on the line."],
  ["cli-error-format", "An error is a line of text."],
  ["cli-input-json", "Give the input by options, such as --project-name."],
  ["cli-input-yaml", "Give the input by options, such as --project-name."],
  ["generate-cli-skeleton", "See packaging-jobs list --help for the options."],
  ["no-sign-request", "Every request is signed."],
  ["version", "See packaging-jobs --version."],
]);
