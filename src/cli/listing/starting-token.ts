/** `--starting-token`: the text of a position in a listing. */

/** A position in a listing: the number of jobs to skip from the beginning of a page. */
export interface Position {
  /** The service's token of the page; undefined for the first page. */
  readonly token: string | undefined;
  readonly skip: number;
}

/**
 * The `--starting-token` of a position: base64 of JSON with Python's spacing, because the AWS CLI makes the same token.
 * https://github.com/boto/botocore/blob/develop/botocore/paginate.py
 */
export function encodePosition({ token, skip }: Position): string {
  const truncated = skip === 0 && token !== undefined ? "" : `, "boto_truncate_amount": ${skip}`;
  return Buffer.from(`{"NextToken": ${JSON.stringify(token ?? null)}${truncated}}`).toString("base64");
}

/** Reads a token of {@link encodePosition} or of the AWS CLI. Any other text counts as a token of the service. */
export function decodePosition(text: string): Position {
  try {
    const { NextToken: token, boto_truncate_amount: skip = 0 } = JSON.parse(Buffer.from(text, "base64").toString());
    if ((token === null || typeof token === "string") && Number.isSafeInteger(skip) && skip >= 0)
      return { token: token ?? undefined, skip };
  } catch {
    // Not JSON: a token of the service.
  }
  return { token: text, skip: 0 };
}
