/** Where a listing starts: so many jobs behind the beginning of a page. */
export interface Position {
  /** The service's token of the page; none for the first. */
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

/** Reads what {@link encodePosition} or the AWS CLI gave; anything else is a token of the service itself. */
export function decodePosition(text: string): Position {
  try {
    const { NextToken: token, boto_truncate_amount: skip = 0 } = JSON.parse(Buffer.from(text, "base64").toString());
    if ((token === null || typeof token === "string") && Number.isSafeInteger(skip) && skip >= 0)
      return { token: token ?? undefined, skip };
  } catch {
    // No JSON: the service's.
  }
  return { token: text, skip: 0 };
}
