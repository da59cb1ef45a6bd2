import { ErrorResponse } from "../http/error-response.ts";
import { type RequestHead, splitOnce } from "../http/receive.ts";

/** An Authorization header has three parameters. A longer list is refused before it is taken apart. */
const MOST_PARAMETERS = 8;

/** The claims of a request about its signature, none of them checked yet. */
export interface Authorization {
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** The header that says when it was made. */
  readonly dateHeader: "X-Amz-Date" | "Date";
  readonly date: string;
}

/**
 * Takes the `Authorization` header apart, and finds the date that belongs to it.
 *
 * AWS repeats the header in its messages. This endpoint does not: a client's log of an error should hold no signature.
 *
 * @throws ErrorResponse MissingAuthenticationTokenException, InvalidSignatureException or IncompleteSignatureException
 */
export function readAuthorization({ query, headers }: RequestHead): Authorization {
  const header = headers.get("authorization")?.trim();
  const inQuery = /(^|&)X-Amz-Algorithm=/i.test(query);
  if (header !== undefined && inQuery) {
    throw invalid("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
  }
  if (!header?.startsWith("AWS4-")) {
    const hint = inQuery ? ": the signature is read from the Authorization header only." : "";
    throw new ErrorResponse("MissingAuthenticationTokenException", `Missing Authentication Token${hint}`);
  }

  const [algorithm = ""] = header.split(/\s/, 1);
  const parameters = new Map<string, string>();
  const parts = header.slice(algorithm.length).split(",", MOST_PARAMETERS + 1);
  if (parts.length > MOST_PARAMETERS) {
    throw incomplete(`Authorization header has more than ${MOST_PARAMETERS} parameters.`);
  }
  for (const part of parts) {
    const pair = part.trim();
    if (pair === "") continue;
    const [name, value] = splitOnce(pair, "=");
    if (value === undefined) {
      throw incomplete(`'${pair}' not a valid key=value pair (missing equal-sign) in Authorization header.`);
    }
    if (parameters.has(name)) throw incomplete(`Authorization header has the '${name}' parameter more than once.`);
    parameters.set(name, value);
  }

  const lacks = ["Credential", "Signature", "SignedHeaders"]
    .filter((name) => !parameters.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  const dateHeader = headers.has("x-amz-date") ? "X-Amz-Date" : "Date";
  const date = headers.get(dateHeader.toLowerCase());
  if (date === undefined) {
    lacks.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (date === undefined || lacks.length > 0) throw incomplete(lacks.join(" "));
  return {
    algorithm,
    credential: parameters.get("Credential")!,
    signedHeaders: parameters.get("SignedHeaders")!,
    signature: parameters.get("Signature")!,
    dateHeader,
    date,
  };
}

/** A signature that cannot be read. */
export function incomplete(message: string): ErrorResponse {
  return new ErrorResponse("IncompleteSignatureException", message);
}

/** A signature that can be read, and is wrong. */
export function invalid(message: string): ErrorResponse {
  return new ErrorResponse("InvalidSignatureException", message);
}
