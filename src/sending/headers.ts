/** Reads the request id and the retry-after from a response's headers. */

/** The only part of `Headers` that is used to read a response. */
export type HeaderLookup = Pick<Headers, "get">;

/** The headers that hold a request id. The last one is from API Gateway's HTTP APIs. */
const REQUEST_IDS = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id", "apigw-requestid"];

/** The service's id of the request. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function requestIdOf(headers: HeaderLookup): string | undefined {
  for (const name of REQUEST_IDS) {
    const id = headers.get(name);
    if (id !== null) return id;
  }
  return undefined;
}

/**
 * The retry-after of a response, in milliseconds; undefined when the header is absent or unreadable.
 * `x-amz-retry-after` holds milliseconds, `retry-after` seconds or an HTTP date.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function retryAfterOf(headers: HeaderLookup): number | undefined {
  const millis = headers.get("x-amz-retry-after");
  if (millis !== null && /^\d+(\.\d+)?$/.test(millis.trim())) return Number(millis);
  const after = headers.get("retry-after")?.trim();
  if (after === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  // Date.parse accepts many texts that are no HTTP date, for example "-5".
  if (!/^[A-Za-z]{3,9},? /.test(after)) return undefined;
  // Measured by the server's clock: the local clock may be wrong.
  const wait = Date.parse(after) - (Date.parse(headers.get("date") ?? "") || Date.now());
  return wait >= 0 ? wait : undefined;
}
