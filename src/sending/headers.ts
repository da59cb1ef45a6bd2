/** The facts that a response's headers hold. */

/** The part of `Headers` that reading a response takes. */
export type HeaderLookup = Pick<Headers, "get">;

/** The headers with the request's id: of services, and of HTTP APIs of API Gateway. */
const REQUEST_IDS = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id", "apigw-requestid"];

/** The service's id of the request. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function requestIdOf(headers: HeaderLookup): string | undefined {
  for (const name of REQUEST_IDS) {
    const id = headers.get(name);
    if (id !== null) return id;
  }
  return undefined;
}

/** In how many milliseconds the server asks to be called again; undefined when it does not say, or unreadably. */
export function retryAfterOf(headers: HeaderLookup): number | undefined {
  const millis = headers.get("x-amz-retry-after");
  if (millis !== null && /^\d+(\.\d+)?$/.test(millis.trim())) return Number(millis);
  const after = headers.get("retry-after")?.trim();
  if (after === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  // Date.parse takes much that is no HTTP date, "-5" for one.
  if (!/^[A-Za-z]{3,9},? /.test(after)) return undefined;
  // The server's own clock is the reference: the local one may be wrong.
  const wait = Date.parse(after) - (Date.parse(headers.get("date") ?? "") || Date.now());
  return wait >= 0 ? wait : undefined;
}
