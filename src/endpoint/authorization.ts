import { Fault } from "./fault.ts";

/** The headers of a request by their names in lower case; repeated ones joined by commas in the order of the wire. */
export type HeaderValues = ReadonlyMap<string, string>;

/** The parts of an `Authorization` header, none of them checked yet. */
export interface Authorization {
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

const PARAMETERS = ["Credential", "Signature", "SignedHeaders"] as const;

/**
 * Takes the `Authorization` header apart.
 *
 * AWS repeats the header in its messages. This does not: what a client logs of an error should not hold a signature.
 *
 * @param query the query of the request, percent-encoded
 * @throws Fault MissingAuthenticationTokenException, InvalidSignatureException or IncompleteSignatureException
 */
export function readAuthorization(query: string, headers: HeaderValues): Authorization {
  const header = headers.get("authorization")?.trim();
  const inQuery = /(^|&)X-Amz-Algorithm=/i.test(query);
  if (header !== undefined && inQuery) {
    const message = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    throw new Fault("InvalidSignatureException", message);
  }
  if (inQuery) {
    const message = "Missing Authentication Token: the signature is read from the Authorization header only.";
    throw new Fault("MissingAuthenticationTokenException", message);
  }
  if (header === undefined || !header.startsWith("AWS4-")) {
    throw new Fault("MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  const [algorithm = ""] = header.split(/\s/, 1);
  const parameters = readParameters(header.slice(algorithm.length));
  const missing = PARAMETERS.filter((name) => !parameters.get(name)).map(
    (name) => `Authorization header requires '${name}' parameter.`,
  );
  if (!headers.has("x-amz-date") && !headers.has("date")) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (missing.length > 0) throw incomplete(missing.join(" "));
  return {
    algorithm,
    credential: parameters.get("Credential")!,
    signedHeaders: parameters.get("SignedHeaders")!,
    signature: parameters.get("Signature")!,
  };
}

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(",")) {
    const pair = part.trim();
    if (pair === "") continue;
    const at = pair.indexOf("=");
    if (at < 0) throw incomplete(`'${pair}' not a valid key=value pair (missing equal-sign) in Authorization header.`);
    const name = pair.slice(0, at);
    if (parameters.has(name)) throw incomplete(`Authorization header has the '${name}' parameter more than once.`);
    parameters.set(name, pair.slice(at + 1));
  }
  return parameters;
}

function incomplete(message: string): Fault {
  return new Fault("IncompleteSignatureException", message);
}
