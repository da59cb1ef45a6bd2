/** `--starting-token`: a position in a listing. */

/** A position: a number of jobs behind the beginning of a page. */
export interface Position {
  /** The service's token of the page; undefined for the first page. */
  readonly token: string | undefined;
  readonly skip: number;
}

/**
 * The `--starting-token` of a position: base64 of JSON, spelt as Python's json spells it, so that the AWS CLI makes the
 * same token of the same position. https://github.com/boto/botocore/blob/develop/botocore/paginate.py
 */
export function encodePosition({ token, skip }: Position): string {
  const truncated = skip === 0 && token !== undefined ? "" : `, "boto_truncate_amount": ${skip}`;
  return Buffer.from(`{"NextToken": ${JSON.stringify(token ?? null)}${truncated}}`).toString("base64");
}

/** Reads a token of {@link encodePosition} or of the AWS CLI; any other text is a token of the service itself. */
export function decodePosition(text: string): Position {
  try {
    const { NextToken: token, boto_truncate_amount: skip = 0 } = JSON.parse(Buffer.from(text, "base64").toString());
    if ((token === null || typeof token === "string") && Number.isSafeInteger(skip) && skip >= 0)
      return { token: token ?? undefined, skip };
  } catch {
    // It is no JSON, so it is the service's.
  }
  return { token: text, skip: 0 };
}
